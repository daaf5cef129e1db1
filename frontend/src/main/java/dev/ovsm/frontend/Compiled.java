package dev.ovsm.frontend;

import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.ir.Module;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each phase made of the sources.
 *
 * @param forms the top-level forms of each source as read
 * @param expanded the same after macro expansion
 * @param module the IR, or null if an error was reported
 */
public record Compiled(
    List<List<Form>> forms,
    List<List<Form>> expanded,
    @Nullable Program program,
    @Nullable Typed typed,
    @Nullable Module module) {}
