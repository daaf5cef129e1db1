package dev.ovsm.diag;

/**
 * What a code says.
 *
 * @param id the stable id, such as {@code R0003}
 * @param severity the severity a diagnostic of the code has unless a rule says otherwise
 * @param title a few words that name the kind of problem, without its particulars
 * @param explanation what the code means, an example of it, and how to mend it: several sentences
 */
public record Meaning(String id, Severity severity, String title, String explanation) {}
