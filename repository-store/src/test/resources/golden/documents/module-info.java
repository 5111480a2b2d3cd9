/** Modules have no package, and their name is their own. */
open module org.example.shapes {
    requires java.base;

    exports org.example.shapes;

    uses org.example.shapes.Shape;
}
