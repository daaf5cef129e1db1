/** Tests of programs as the commands handle them. */
@NullMarked
package dev.ovsm.cli.program;

import org.jspecify.annotations.NullMarked;
