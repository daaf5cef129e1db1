package dev.ovsm.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which classes initialize which others (JLS 12.4.1), as far as class files tell: code that runs
 * through a method that overrides another is not followed.
 */
final class Initialization {
  private final JavaClasses classes;

  Initialization(JavaClasses classes) {
    this.classes = classes;
  }

  /**
   * The sets of classes whose initialization needs each other's, and can begin with more than one
   * of them: two threads that begin it at different ones may wait for each other for ever.
   */
  List<Set<String>> knots() {
    Map<String, Set<String>> needed = new TreeMap<>();
    for (JavaClass one : classes) {
      needed.put(one.getName(), reached(one));
    }
    List<Set<String>> knots = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : needed.keySet()) {
      Set<String> knot = new TreeSet<>();
      for (String other : closure(name, needed)) {
        if (closure(other, needed).contains(name)) {
          knot.add(other);
        }
      }
      if (seen.addAll(knot) && beginnings(knot).size() > 1) {
        knots.add(knot);
      }
    }
    return knots;
  }

  private static Set<String> closure(String name, Map<String, Set<String>> needed) {
    Set<String> closure = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      for (String next : needed.getOrDefault(open.pop(), Set.of())) {
        if (closure.add(next)) {
          open.push(next);
        }
      }
    }
    return closure;
  }

  /** Those of a knot that are begun with elsewhere than in the knot's own initializers. */
  private Set<String> beginnings(Set<String> knot) {
    Set<String> beginnings = new TreeSet<>();
    for (JavaClass one : classes) {
      units(one)
          .filter(unit -> !(unit instanceof JavaStaticInitializer && knot.contains(one.getName())))
          .forEach(unit -> beginnings.addAll(initialized(unit)));
    }
    beginnings.retainAll(knot);
    return beginnings;
  }

  private static Stream<JavaCodeUnit> units(JavaClass one) {
    return Stream.concat(one.getCodeUnits().stream(), one.getStaticInitializer().stream());
  }

  /** What the initialization of a class initializes before it is over. */
  private Set<String> reached(JavaClass one) {
    Set<String> reached = new TreeSet<>();
    one.getRawSuperclass().map(JavaClass::getName).ifPresent(reached::add);
    if (!one.isInterface()) {
      one.getAllRawInterfaces().stream()
          .filter(type -> type.getMethods().stream().anyMatch(Initialization::isDefault))
          .forEach(type -> reached.add(type.getName()));
    }
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    one.getStaticInitializer().ifPresent(open::push);
    Set<JavaCodeUnit> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      reached.addAll(initialized(unit));
      calls(unit)
          .flatMap(call -> call.getTarget().resolveMember().stream())
          .map(JavaCodeUnit.class::cast)
          .filter(called -> classes.contain(called.getOwner().getName()) && seen.add(called))
          .forEach(open::push);
    }
    reached.remove(one.getName());
    reached.removeIf(name -> !classes.contain(name));
    return reached;
  }

  private static boolean isDefault(JavaMethod method) {
    Set<JavaModifier> modifiers = method.getModifiers();
    return !modifiers.contains(JavaModifier.ABSTRACT) && !modifiers.contains(JavaModifier.STATIC);
  }

  private static Stream<JavaCodeUnitAccess<?>> calls(JavaCodeUnit unit) {
    return Stream.<JavaCodeUnitAccess<?>>concat(
        unit.getMethodCallsFromSelf().stream(), unit.getConstructorCallsFromSelf().stream());
  }

  /** What this code itself initializes: classes of new objects, static methods and fields. */
  private static Set<String> initialized(JavaCodeUnit unit) {
    Set<String> initialized = new TreeSet<>();
    Stream.concat(
            calls(unit).flatMap(call -> call.getTarget().resolveMember().stream()),
            unit.getFieldAccesses().stream()
                .flatMap(access -> access.getTarget().resolveMember().stream()))
        .map(JavaMember.class::cast)
        .filter(
            member ->
                member instanceof JavaConstructor
                    || member.getModifiers().contains(JavaModifier.STATIC))
        .forEach(member -> initialized.add(member.getOwner().getName()));
    initialized.remove(unit.getOwner().getName());
    unit.getOwner().getRawSuperclass().map(JavaClass::getName).ifPresent(initialized::remove);
    return initialized;
  }
}
