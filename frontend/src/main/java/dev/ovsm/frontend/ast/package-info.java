/** The program as written, with every name resolved and every special form reduced to a few. */
@NullMarked
package dev.ovsm.frontend.ast;

import org.jspecify.annotations.NullMarked;
