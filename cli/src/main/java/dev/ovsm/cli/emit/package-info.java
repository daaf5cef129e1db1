/** What the compiler writes beside a program: each phase as text, and what its clients read. */
@NullMarked
package dev.ovsm.cli.emit;

import org.jspecify.annotations.NullMarked;
