class {{{ ((( nothing
