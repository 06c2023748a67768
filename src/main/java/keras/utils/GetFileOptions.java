package keras.utils;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;

/** The keyword arguments of {@link Utils#getFile(String, java.util.function.Consumer)}. */
public final class GetFileOptions {
  static final String WHERE = "getFile";

  private static final List<String> ALGORITHMS = List.of("auto", "md5", "sha256");

  private String fname;
  private Path cacheSubdir = Path.of("datasets");
  private Path cacheDir;
  private String fileHash;
  private String hashAlgorithm = "auto";
  private boolean extract;
  private boolean forceDownload;

  GetFileOptions() {}

  /**
   * Sets the name of the file here; by default the last part of the address.
   *
   * @param name a name without folders
   * @return this
   * @throws IllegalArgumentException if it names a folder, too
   */
  public GetFileOptions fname(String name) {
    Checks.notNull(WHERE, "fname", name);
    boolean nothing = name.isBlank() || name.equals(".") || name.equals("..");
    if (nothing || name.contains("/") || name.contains("\\") || name.indexOf('\0') >= 0) {
      throw Errors.in(WHERE, "fname is no name of a file.")
          .expected("a name without folders")
          .got("\"" + name + "\"")
          .fix("name the folder with cacheDir or cacheSubdir")
          .argument();
    }
    fname = name;
    return this;
  }

  /**
   * Sets the folder in the cache.
   *
   * @param folder {@code datasets} by default; an absolute path is taken as it is
   * @return this
   */
  public GetFileOptions cacheSubdir(String folder) {
    Checks.notNull(WHERE, "cacheSubdir", folder);
    try {
      cacheSubdir = Path.of(folder);
    } catch (InvalidPathException e) {
      throw Errors.in(WHERE, "cacheSubdir is no folder.")
          .expected("the name of a folder")
          .got(e.getMessage())
          .fix("cacheSubdir(\"datasets\")")
          .argument();
    }
    return this;
  }

  /**
   * Sets the cache.
   *
   * @param folder by default what the environment variable {@code KERAS_HOME} names, or {@code
   *     ~/.keras}
   * @return this
   */
  public GetFileOptions cacheDir(Path folder) {
    cacheDir = Checks.given(WHERE, "cacheDir", folder);
    return this;
  }

  /**
   * Sets what the file's hash must be. A file that is there and has another is downloaded anew.
   *
   * @param hash the digits of its SHA-256 or MD5; none by default
   * @return this
   */
  public GetFileOptions fileHash(String hash) {
    fileHash = Checks.given(WHERE, "fileHash", hash);
    return this;
  }

  /**
   * Sets which hash is given.
   *
   * @param name {@code md5}, {@code sha256}, or {@code auto}, the default, to tell them by their
   *     lengths
   * @return this
   * @throws IllegalArgumentException if it is none of them
   */
  public GetFileOptions hashAlgorithm(String name) {
    hashAlgorithm = Names.oneOf(WHERE + ": hashAlgorithm", name, ALGORITHMS);
    return this;
  }

  /**
   * Sets whether the file is an archive to be extracted: {@code .zip}, or with {@code
   * commons-compress} on the class path {@code .tar}, {@code .tar.gz}, {@code .tar.bz2}.
   *
   * @param value false by default
   * @return this
   */
  public GetFileOptions extract(boolean value) {
    extract = value;
    return this;
  }

  /**
   * Sets whether the file is downloaded even if it is there.
   *
   * @param value false by default
   * @return this
   */
  public GetFileOptions forceDownload(boolean value) {
    forceDownload = value;
    return this;
  }

  String fname() {
    return fname;
  }

  /** Returns the folder of the cache that the file is put in. */
  Path folder() {
    return (cacheDir == null ? KerasHome.writable() : cacheDir).resolve(cacheSubdir);
  }

  String fileHash() {
    return fileHash;
  }

  boolean extracts() {
    return extract;
  }

  boolean forcesDownload() {
    return forceDownload;
  }

  /** Returns the name that Java has for the hash. */
  String algorithm() {
    boolean longer = hashAlgorithm.equals("auto") && fileHash.length() == 64;
    return longer || hashAlgorithm.equals("sha256") ? "SHA-256" : "MD5";
  }
}
