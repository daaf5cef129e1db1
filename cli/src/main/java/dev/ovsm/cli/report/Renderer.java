package dev.ovsm.cli.report;

import java.io.PrintWriter;
import java.util.List;

/** One form of a report. */
public interface Renderer {
  /** Writes what was found in files, in the order in which they were given. */
  void render(List<FileReport> reports, PrintWriter out);
}
