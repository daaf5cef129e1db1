/** Programs as the commands handle them: compiled from sources, named, identified. */
@NullMarked
package dev.ovsm.cli.program;

import org.jspecify.annotations.NullMarked;
