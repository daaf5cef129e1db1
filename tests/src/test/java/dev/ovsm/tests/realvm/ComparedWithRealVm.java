package dev.ovsm.tests.realvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a suite's methods {@link RealVm} and {@link Comparisons} parameters and, at the end,
 * asserts the minimum of comparisons. Without Node the suite is skipped, in CI it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealVmExtension.class)
public @interface ComparedWithRealVm {
  /**
   * Fewer comparisons than this fail the suite. A run of some methods only passes
   * -Dcomparisons=any.
   */
  long minimum();
}
