/** Our ELF loader and validator against the real VM's: hand-made files and mutations of them. */
@NullMarked
package dev.ovsm.tests.loader;

import org.jspecify.annotations.NullMarked;
