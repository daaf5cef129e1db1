/** The grammar of OVSM forms and the lexer and parser generated from it. */
@NullMarked
package dev.ovsm.grammar;

import org.jspecify.annotations.NullMarked;
