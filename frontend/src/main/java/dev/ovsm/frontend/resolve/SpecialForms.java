package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.read.Form;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The special forms of expressions, by name. */
final class SpecialForms {
  /** Resolves one special form. */
  interface Rule {
    Ast resolve(Bodies bodies, Form.Sequence form, Scope scope);
  }

  private static final Map<String, Rule> RULES = rules();

  private SpecialForms() {}

  static Map<String, Rule> all() {
    return RULES;
  }

  static Set<String> names() {
    return new TreeSet<>(RULES.keySet());
  }

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    Bindings.addTo(rules);
    Control.addTo(rules);
    Loops.addTo(rules);
    Sequences.addTo(rules);
    Ranges.addTo(rules);
    Throws.addTo(rules);
    return Collections.unmodifiableMap(rules);
  }
}
