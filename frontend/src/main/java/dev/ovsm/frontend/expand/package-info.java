/** Macro expansion: from forms to forms without macros, in bounded time. */
@NullMarked
package dev.ovsm.frontend.expand;

import org.jspecify.annotations.NullMarked;
