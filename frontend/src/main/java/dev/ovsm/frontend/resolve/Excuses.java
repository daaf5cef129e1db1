package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.read.Form;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names that would be defined, but for a mistake that is reported already. */
final class Excuses {
  private final Modules modules;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> missingModules = new LinkedHashSet<>();
  private boolean lacksFile;

  Excuses(Modules modules) {
    this.modules = modules;
  }

  /** Notes what a form would define: a name, or a list that begins with one. */
  void add(Form form) {
    if (form instanceof Form.Symbol symbol) {
      names.add(symbol.name());
    } else if (form instanceof Form.Sequence list
        && !list.items().isEmpty()
        && list.items().get(0) instanceof Form.Symbol first) {
      names.add(first.name());
    }
  }

  /** Notes a file that cannot be imported: any name may be from there. */
  void missingFile() {
    lacksFile = true;
  }

  /** Notes a module that there is not: what is nearly named so has its names. */
  void missingModule(String module) {
    Spelling.nearest(module, modules.names()).ifPresent(missingModules::add);
  }

  boolean covers(String name) {
    return lacksFile
        || names.contains(name)
        || modules.defining(name).filter(missingModules::contains).isPresent();
  }
}
