/**
 * What runs while the tool is packaged and is not part of it: the folder that the launcher starts.
 */
@NullMarked
package dev.ovsm.cli.dist;

import org.jspecify.annotations.NullMarked;
