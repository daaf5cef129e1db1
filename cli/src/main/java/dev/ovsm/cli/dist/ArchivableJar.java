package dev.ovsm.cli.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar such that the JVM's class data archive takes all of it: classes older than Java 6
 * are written again as Java 17 with stack maps, and signatures, which would then be void, are left
 * out.
 *
 * <p>The archive refuses old and signed classes, and the JVM verifies them by the slow old method.
 */
final class ArchivableJar {
  private static final int FIRST_ARCHIVABLE = Opcodes.V1_6;

  private ArchivableJar() {}

  /**
   * Writes {@code from} to {@code to}; {@code path} are the jars in which superclasses are found.
   */
  static void write(Path from, Path to, List<Path> path) throws IOException {
    try (JarFile jar = new JarFile(from.toFile(), false);
        URLClassLoader loader =
            new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader());
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream out = new JarOutputStream(file)) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        if (entry.isDirectory() || isSignature(name)) {
          continue;
        }
        JarEntry copy = new JarEntry(name);
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        if (name.equals(JarFile.MANIFEST_NAME)) {
          Manifest manifest = new Manifest(jar.getInputStream(entry));
          manifest.getEntries().values().removeIf(ArchivableJar::isVoid);
          manifest.write(out);
        } else {
          byte[] content = jar.getInputStream(entry).readAllBytes();
          out.write(name.endsWith(".class") ? modern(content, loader) : content);
        }
        out.closeEntry();
      }
    }
  }

  private static URL[] urls(List<Path> path) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : path) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static boolean isSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)");
  }

  /** Drops digests; a section that had nothing else would only make the manifest slow to read. */
  private static boolean isVoid(Attributes attributes) {
    attributes.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    return attributes.isEmpty();
  }

  private static byte[] modern(byte[] content, ClassLoader loader) {
    int version = (content[6] & 0xFF) << 8 | (content[7] & 0xFF);
    if (version >= FIRST_ARCHIVABLE) {
      return content;
    }
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        };
    new ClassReader(content).accept(new Modern(writer), ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** Passes a class on as one of Java 17. */
  private static final class Modern extends ClassVisitor {
    Modern(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(Opcodes.V17, access, name, signature, superName, interfaces);
    }
  }
}
