/** Files as a user names them: read whole within a limit, written whole or not at all. */
@NullMarked
package dev.ovsm.cli.file;

import org.jspecify.annotations.NullMarked;
