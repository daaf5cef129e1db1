package dev.ovsm.cli.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class DistributionTest {
  private static final String BEGUN = "2026-01-01T00:00:00.500Z";

  @TempDir Path folder;
  private Path needed;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    needed = Files.createDirectory(folder.resolve("jars"));
    target = folder.resolve("target/ovsm");
    Files.writeString(folder.resolve("main.jar"), "main");
  }

  @Test
  void oldClassesAreWrittenAgainAndRunAsBefore() throws Exception {
    jar("old.jar", Map.of("Old.class", oldClass(), "note.txt", "kept".getBytes(UTF_8)));
    build();
    Path jar = target.resolve("lib/old.jar");
    assertThat(version(jar)).isEqualTo(Opcodes.V17);
    assertThat(entry(jar, "note.txt")).asString(UTF_8).isEqualTo("kept");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Class<?> old = loader.loadClass("Old");
      assertThat(old.getMethod("choose", boolean.class).invoke(null, true)).isEqualTo("yes");
      assertThat(old.getMethod("choose", boolean.class).invoke(null, false)).isEqualTo("no");
    }
  }

  @Test
  void signaturesAndTheirDigestsAreLeftOut() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Attributes digests = new Attributes();
    digests.putValue("SHA-256-Digest", "AAAA");
    manifest.getEntries().put("Old.class", digests);
    jar(
        "signed.jar",
        Map.of("META-INF/KEY.SF", new byte[1], "META-INF/KEY.RSA", new byte[1]),
        manifest);
    build();
    try (JarFile jar = new JarFile(target.resolve("lib/signed.jar").toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("META-INF/MANIFEST.MF");
      assertThat(jar.getManifest().getEntries()).isEmpty();
    }
  }

  @Test
  void isForAllWhoMayReadTheFolderItIsIn() throws Exception {
    build();
    Path beside = Files.createDirectory(target.resolveSibling("beside"));
    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(Files.getPosixFilePermissions(beside));
  }

  @Test
  void replacesWhatWasThereAndLeavesNothingElse() throws Exception {
    jar("a.jar", Map.of("a.txt", new byte[0]));
    build();
    Files.delete(needed.resolve("a.jar"));
    jar("b.jar", Map.of("b.txt", new byte[0]));
    build();
    assertThat(names(target.resolve("lib"))).containsExactly("b.jar", "ovsm.jar");
    assertThat(names(folder.resolve("target"))).containsExactly("ovsm");
    assertThat(target.resolve("lib/ovsm.jar")).hasContent("main");
  }

  @Test
  void theStampIsAsOldAsTheSources() throws Exception {
    build();
    assertThat(Files.getLastModifiedTime(target.resolve("stamp")))
        .isEqualTo(FileTime.from(Instant.parse(BEGUN)));
  }

  private void build() throws IOException {
    Distribution.main(
        new String[] {
          folder.resolve("main.jar").toString(), needed.toString(), target.toString(), BEGUN
        });
  }

  private void jar(String name, Map<String, byte[]> entries) throws IOException {
    jar(name, entries, new Manifest());
  }

  private void jar(String name, Map<String, byte[]> entries, Manifest manifest) throws IOException {
    Path jar = needed.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }

  /** A class as javac 1.5 wrote it: a branch, and no stack map that says what meets there. */
  private static byte[] oldClass() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    MethodVisitor choose =
        writer.visitMethod(access, "choose", "(Z)Ljava/lang/String;", null, null);
    Label otherwise = new Label();
    Label end = new Label();
    choose.visitCode();
    choose.visitVarInsn(Opcodes.ILOAD, 0);
    choose.visitJumpInsn(Opcodes.IFEQ, otherwise);
    choose.visitLdcInsn("yes");
    choose.visitJumpInsn(Opcodes.GOTO, end);
    choose.visitLabel(otherwise);
    choose.visitLdcInsn("no");
    choose.visitLabel(end);
    choose.visitInsn(Opcodes.ARETURN);
    choose.visitMaxs(0, 0);
    choose.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static int version(Path jar) throws IOException {
    return new ClassReader(entry(jar, "Old.class")).readShort(6);
  }

  private static byte[] entry(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getInputStream(file.getEntry(name)).readAllBytes();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
