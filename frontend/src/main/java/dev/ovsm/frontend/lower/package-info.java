/** Lowering: from the typed core to IR in SSA form. */
@NullMarked
package dev.ovsm.frontend.lower;

import org.jspecify.annotations.NullMarked;
