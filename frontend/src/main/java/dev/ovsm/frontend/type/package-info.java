/** Typing: from resolved names to monomorphic functions in the typed core. */
@NullMarked
package dev.ovsm.frontend.type;

import org.jspecify.annotations.NullMarked;
