/** Text IR: printing a module and reading it back. */
@NullMarked
package dev.ovsm.ir.text;

import org.jspecify.annotations.NullMarked;
