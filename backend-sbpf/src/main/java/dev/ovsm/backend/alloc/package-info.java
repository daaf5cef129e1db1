/**
 * Register allocation: virtual registers become registers of the machine and slots of the frame.
 */
@NullMarked
package dev.ovsm.backend.alloc;

import org.jspecify.annotations.NullMarked;
