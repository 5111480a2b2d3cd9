package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.List;

class OracleTest {
    @Test
    void namesTheDefinitionsOfAFileWithTheirContainers() {
        assertThat(
                        read("""
                        package p.q;
                        class Outer<T> {
                            int one, two;
                            enum Colour { RED { void paint() {} }, BLUE }
                            record Point(int x) { Point {} }
                            @interface Note { String value(); }
                            void run() {
                                class Local { Local() {} }
                                new Object() { int inner; };
                            }
                        }
                        """)
                                .definitions())
                .extracting(d -> d.kind() + " " + d.container() + " " + d.name())
                .containsExactly(
                        "CLASS p.q Outer",
                        "TYPE_PARAMETER p.q.Outer T",
                        "FIELD p.q.Outer one",
                        "FIELD p.q.Outer two",
                        "ENUM p.q.Outer Colour",
                        "ENUM_CONSTANT p.q.Outer.Colour RED",
                        "METHOD p.q.Outer.Colour.<anonymous> paint",
                        "ENUM_CONSTANT p.q.Outer.Colour BLUE",
                        "RECORD p.q.Outer Point",
                        "RECORD_COMPONENT p.q.Outer.Point x",
                        "CONSTRUCTOR p.q.Outer.Point Point",
                        "ANNOTATION p.q.Outer Note",
                        "ANNOTATION_MEMBER p.q.Outer.Note value",
                        "METHOD p.q.Outer run",
                        "CLASS p.q.Outer.run() Local",
                        "CONSTRUCTOR p.q.Outer.run().Local Local",
                        "FIELD p.q.Outer.run().<anonymous> inner");
    }

    @Test
    void tellsTheRoleOfEveryName() {
        assertThat(
                        roles(
                                """
                                import a.B;
                                @Mark(on = 1) class C extends D implements E<F> {
                                    void m(G g) {
                                        loop: for (;;) { (g.h)++; g.i[k] = call(J::n, L::new); break loop; }
                                        new M(_ -> C.this);
                                    }
                                }
                                """))
                .containsExactly(
                        "IMPORT a",
                        "IMPORT B",
                        "ANNOTATION Mark",
                        "LABEL on",
                        "DEFINITION C",
                        "SUPERTYPE D",
                        "SUPERTYPE E",
                        "TYPE F",
                        "DEFINITION m",
                        "TYPE G",
                        "LOCAL_DEFINITION g",
                        "LOCAL_DEFINITION loop",
                        "READ g",
                        "WRITE h",
                        "READ g",
                        "READ i",
                        "READ k",
                        "CALL call",
                        "TYPE J",
                        "METHOD_REFERENCE n",
                        "TYPE L",
                        "LABEL loop",
                        "INSTANTIATION M",
                        "TYPE C");
    }

    @Test
    void everyOccurrenceStandsWhereItSaysAlsoBehindNonAsciiAndBareCarriageReturns() {
        String source = "/* ü😀 */ class Ä {\r  int ö = Ä.x;\r\n\tint z;\n}";
        byte[] bytes = source.getBytes(UTF_8);
        List<ExpectedOccurrence> occurrences = read(source).occurrences();
        assertThat(occurrences)
                .extracting(ExpectedOccurrence::name)
                .containsExactly("Ä", "ö", "Ä", "x", "z");
        for (ExpectedOccurrence occurrence : occurrences) {
            int length = occurrence.name().getBytes(UTF_8).length;
            assertThat(new String(bytes, occurrence.start(), length, UTF_8))
                    .isEqualTo(occurrence.name());
        }
    }

    @Test
    void everyNameOfRealCodeStandsWhereTheOracleSays() {
        for (SourceFile file : Corpus.open().sample(100)) {
            byte[] utf8 = new SourceText(file.content()).text().getBytes(UTF_8);
            ExpectedDocument document = Oracle.read(file);
            for (ExpectedOccurrence occurrence : document.occurrences()) {
                int length = occurrence.name().getBytes(UTF_8).length;
                assertThat(new String(utf8, occurrence.start(), length, UTF_8))
                        .isEqualTo(occurrence.name());
            }
        }
    }

    private static List<String> roles(String source) {
        return read(source).occurrences().stream().map(o -> o.role() + " " + o.name()).toList();
    }

    private static ExpectedDocument read(String source) {
        return Oracle.read(new SourceFile("A.java", source.getBytes(UTF_8)));
    }
}
