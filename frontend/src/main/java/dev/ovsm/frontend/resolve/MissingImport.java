package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.read.Form;

/** An import of what is not there, or of what cannot be imported. */
final class MissingImport {
  private MissingImport() {}

  /** What to say of it. */
  static Diagnostic report(Form what, Names names) {
    String name = Syntax.word(what);
    Diagnostic report =
        Diagnostic.at(what.span(), LanguageCode.UNKNOWN_MODULE, "there is no " + name)
            .withHelp("import a module of the library by name, or a file by its path");
    if (!(what instanceof Form.Text path)) {
      names.excuses.missingModule(name);
      return names.advises()
          ? Spelling.corrected(report, what.span(), name, names.modules())
          : report;
    }
    names.excuses.missingFile();
    if (names.isSource(path.value())) {
      return report;
    }
    if (names.modules().contains(name)) {
      return Diagnostic.at(
              what.span(), LanguageCode.UNKNOWN_MODULE, "a module of the library is no file")
          .withHelp("write its name without quotation marks")
          .withFix(new Fix("name the module", what.span(), name));
    }
    return Diagnostic.at(
            what.span(), LanguageCode.UNKNOWN_MODULE, name + " is no source that can be imported")
        .withHelp("name a file of OVSM by its path from this one: (import \"folder/file.ovsm\")");
  }
}
