/** Resolving: from forms to a program whose names are bound and whose special forms are few. */
@NullMarked
package dev.ovsm.frontend.resolve;

import org.jspecify.annotations.NullMarked;
