/** The bank beside the real VM: the same transactions, outcome by outcome. */
@NullMarked
package dev.ovsm.tests.bank;

import org.jspecify.annotations.NullMarked;
