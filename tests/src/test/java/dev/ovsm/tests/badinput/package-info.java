/** What every command says of input that it cannot use. */
@NullMarked
package dev.ovsm.tests.badinput;

import org.jspecify.annotations.NullMarked;
