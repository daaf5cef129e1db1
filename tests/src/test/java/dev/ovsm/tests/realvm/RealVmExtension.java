package dev.ovsm.tests.realvm;

import dev.ovsm.tests.prerequisite.Prerequisite;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real VM for all suites of a test JVM, one counter for each suite. */
final class RealVmExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RealVmExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    String suite = context.getRequiredTestClass().getSimpleName();
    shared(context).vm(suite);
    store(context).put(Comparisons.class, new Comparisons(suite));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Comparisons comparisons = store(context).get(Comparisons.class, Comparisons.class);
    ComparedWithRealVm suite =
        context.getRequiredTestClass().getAnnotation(ComparedWithRealVm.class);
    if (comparisons != null && suite != null) {
      comparisons.finish("any".equals(System.getProperty("comparisons")) ? 0 : suite.minimum());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RealVm.class || type == Comparisons.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == RealVm.class) {
      return shared(context).vm(context.getRequiredTestClass().getSimpleName());
    }
    return store(context)
        .getOrDefault(
            Comparisons.class, Comparisons.class, new Comparisons("a test outside a suite"));
  }

  /** Only the root store has the process: a store closes what is in it. */
  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  /** The process, or why there is none; closed with the root store. */
  private static final class Shared implements AutoCloseable {
    private Object vmOrReason;

    Shared() {
      try {
        vmOrReason = RealVm.start();
      } catch (UnavailableException e) {
        vmOrReason = String.valueOf(e.getMessage());
      }
    }

    RealVm vm(String suite) {
      if (vmOrReason instanceof RealVm vm) {
        return vm;
      }
      String missing = suite + " needs the real VM: " + vmOrReason;
      Prerequisite.require(false, missing);
      throw new IllegalStateException(missing);
    }

    @Override
    public void close() {
      if (vmOrReason instanceof RealVm vm) {
        vm.close();
      }
    }
  }
}
