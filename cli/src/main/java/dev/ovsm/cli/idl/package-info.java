/** What a program's clients need to know of it: as Anchor's IDL, and as TypeScript. */
@NullMarked
package dev.ovsm.cli.idl;

import org.jspecify.annotations.NullMarked;
