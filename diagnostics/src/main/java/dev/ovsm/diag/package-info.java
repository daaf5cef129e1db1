/**
 * Sources, spans, diagnostics and their rendering, shared by every phase and by the virtual
 * machine.
 */
@NullMarked
package dev.ovsm.diag;

import org.jspecify.annotations.NullMarked;
