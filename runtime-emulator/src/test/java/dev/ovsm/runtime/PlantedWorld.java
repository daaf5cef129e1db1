package dev.ovsm.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
   * @throws IllegalArgumentException if one of them changes nothing, since whatever a search then
   *     tells has another reason
   */
  public PlantedWorld(List<Plant> plants, UnaryOperator<String> reading) {
    super(PlantedWorld.class.getClassLoader());
    this.plants = List.copyOf(plants);
    this.reading = reading;
    plants.forEach(this::requireChange);
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
    byte[] bytes = classFile(name);
    for (Plant plant : plants) {
      bytes = plant.className.equals(name) ? rewritten(bytes, plant) : bytes;
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] classFile(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireChange(Plant plant) {
    try {
      byte[] found = classFile(plant.className);
      Plant nothing = new Plant(plant.className, plant.methodName, UnaryOperator.identity());
      if (Arrays.equals(rewritten(found, plant), rewritten(found, nothing))) {
        throw new IllegalArgumentException(
            "nothing changes in " + plant.className + "." + plant.methodName);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] rewritten(byte[] classFile, Plant plant) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    new ClassReader(classFile).accept(new Rewriter(writer, plant), 0);
    return writer.toByteArray();
  }

  private static final class Rewriter extends ClassVisitor {
    private final Plant plant;

    Rewriter(ClassWriter writer, Plant plant) {
      super(Opcodes.ASM9, writer);
      this.plant = plant;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.equals(plant.methodName) ? plant.rewriting.apply(method) : method;
    }
  }
}
