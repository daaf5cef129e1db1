package dev.ovsm.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A loader with its own copy of everything of ours, in which some methods are other ones, or a part
 * of a text that comes with the classes.
 */
public final class PlantedWorld extends ClassLoader {
  private final List<Plant> plants;
  private final UnaryOperator<String> reading;

  /** What rewrites the methods of a name in one class. */
  public record Plant(
      String className, String methodName, UnaryOperator<MethodVisitor> rewriting) {}

  /** A world in which {@code plant} rewrites the methods of a name in one class. */
  public PlantedWorld(String className, String methodName, UnaryOperator<MethodVisitor> plant) {
    this(List.of(new Plant(className, methodName, plant)), UnaryOperator.identity());
  }

  /**
   * A world with several.
   *
   * @param reading what becomes of each source of the library whenever it is read
   */
  public PlantedWorld(List<Plant> plants, UnaryOperator<String> reading) {
    super(PlantedWorld.class.getClassLoader());
    this.plants = List.copyOf(plants);
    this.reading = reading;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    InputStream found = super.getResourceAsStream(name);
    if (found == null || !name.endsWith(".ovsm")) {
      return found;
    }
    try (found) {
      String source = new String(found.readAllBytes(), StandardCharsets.UTF_8);
      return new ByteArrayInputStream(reading.apply(source).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A search in this world, of the class with this one's name. */
  @SuppressWarnings("unchecked")
  public Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    Class<?> there = Class.forName(type.getName(), true, this);
    return (Callable<String>) there.getDeclaredConstructor().newInstance();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith("dev.ovsm.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      for (Plant plant : plants) {
        bytes = plant.className.equals(name) ? rewritten(bytes, plant) : bytes;
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] rewritten(byte[] classFile, Plant plant) {
    Rewriter rewriter = new Rewriter(new ClassWriter(ClassWriter.COMPUTE_MAXS), plant);
    new ClassReader(classFile).accept(rewriter, 0);
    if (!rewriter.found) {
      throw new IllegalArgumentException(plant.className + " has no method " + plant.methodName);
    }
    return rewriter.writer.toByteArray();
  }

  private static final class Rewriter extends ClassVisitor {
    private final ClassWriter writer;
    private final Plant plant;
    private boolean found;

    Rewriter(ClassWriter writer, Plant plant) {
      super(Opcodes.ASM9, writer);
      this.writer = writer;
      this.plant = plant;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean hit = name.equals(plant.methodName);
      found |= hit;
      return hit ? plant.rewriting.apply(method) : method;
    }
  }
}
