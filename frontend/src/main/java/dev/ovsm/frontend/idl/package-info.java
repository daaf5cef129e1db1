/** The names that a program's interface has for what the program names. */
@NullMarked
package dev.ovsm.frontend.idl;

import org.jspecify.annotations.NullMarked;
