/** Tests of files as a user names them. */
@NullMarked
package dev.ovsm.cli.file;

import org.jspecify.annotations.NullMarked;
