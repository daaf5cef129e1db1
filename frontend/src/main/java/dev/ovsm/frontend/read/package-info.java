/** Reading: from text to forms, with exact spans, bounded depth and recovery from errors. */
@NullMarked
package dev.ovsm.frontend.read;

import org.jspecify.annotations.NullMarked;
