package keras.utils;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;

/** One file of the cache, downloaded if it is not there. */
final class GetFile {
  private static final List<String> SCHEMES = List.of("http", "https", "file");
  private static final int CONNECT_MILLISECONDS = 20_000;
  private static final int READ_MILLISECONDS = 60_000;
  private static final int MOST_REDIRECTS = 20;
  private static final int CHUNK = 1 << 16;

  private final URI origin;
  private final GetFileOptions options;
  private final Path file;
  private final Path extracted;

  GetFile(String origin, GetFileOptions options) {
    this.origin = uri(origin);
    this.options = options;
    Path folder = options.folder();
    String given = options.fname();
    String name = given == null ? lastPart() : given;
    int dot = given == null ? -1 : given.indexOf('.');
    // As in Keras: a name with an ending is that of the archive, another that of the folder.
    extracted = folder.resolve(dot < 0 ? name : name.substring(0, dot) + "_extracted");
    file = folder.resolve(options.extracts() && dot < 0 ? name + "_archive" : name);
  }

  private static URI uri(String origin) {
    URI uri = null;
    try {
      uri = URI.create(origin);
    } catch (IllegalArgumentException e) {
      throw wrong(origin, e.getMessage());
    }
    String scheme = uri.getScheme();
    if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw wrong(origin, "\"" + origin + "\"");
    }
    return uri;
  }

  private static IllegalArgumentException wrong(String origin, String got) {
    return Errors.in(GetFileOptions.WHERE, "\"" + origin + "\" is no address of a file.")
        .expected("an address that begins with https:, http: or file:")
        .got(got)
        .fix("getFile(\"https://example.org/data.zip\")")
        .argument();
  }

  private String lastPart() {
    String path = origin.getPath() == null ? "" : origin.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw Errors.in(GetFileOptions.WHERE, "the address does not end in the name of a file.")
          .expected("an address such as https://example.org/data.zip")
          .got(origin)
          .fix("name the file: getFile(origin, o -> o.fname(\"data.zip\"))")
          .argument();
    }
    return name;
  }

  /** Returns the file, or the folder that it was extracted into. */
  Path get() {
    boolean downloaded = isMissing();
    if (downloaded) {
      AtomicFile.writeWithFolders(file, this::download);
    }
    if (!options.extracts()) {
      return file;
    }
    if (downloaded || !Files.isDirectory(extracted)) {
      new Archive(file).extract(extracted);
    }
    return extracted;
  }

  private boolean isMissing() {
    if (options.forcesDownload() || !Files.exists(file)) {
      return true;
    }
    if (options.fileHash() == null) {
      return false;
    }
    String found = hash(file);
    boolean other = !found.equalsIgnoreCase(options.fileHash());
    if (other) {
      Warnings.warn(
          GetFile.class,
          "{} has the hash {} in place of {}: incomplete or outdated. It is downloaded again.",
          file,
          found,
          options.fileHash());
    }
    return other;
  }

  private String hash(Path path) {
    MessageDigest digest = null;
    try {
      digest = MessageDigest.getInstance(options.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no " + options.algorithm(), e);
    }
    try (InputStream content = new DigestInputStream(Files.newInputStream(path), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw AtomicFile.unreadable(path, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void download(Path aside) throws IOException {
    System.out.println("Downloading data from " + origin);
    try {
      URLConnection connection = connection();
      try (InputStream content = connection.getInputStream()) {
        copy(content, connection.getContentLengthLong(), aside);
      }
    } catch (UncheckedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(
          Errors.message(
              GetFileOptions.WHERE,
              "the file cannot be downloaded.",
              origin.toString(),
              e.toString(),
              "get it in another way, and put it to " + file.toAbsolutePath()),
          e);
    }
    if (options.fileHash() != null && !hash(aside).equalsIgnoreCase(options.fileHash())) {
      throw Errors.in(GetFileOptions.WHERE, "what was downloaded is incomplete or another file.")
          .expected("the " + options.algorithm() + " " + options.fileHash())
          .got(hash(aside) + " from " + origin)
          .fix("try again, or look for the file's new hash")
          .state();
    }
  }

  /** Returns an open connection, after all redirections. */
  private URLConnection connection() throws IOException {
    URL url = url(origin.toString());
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      URLConnection connection = url.openConnection();
      connection.setConnectTimeout(CONNECT_MILLISECONDS);
      connection.setReadTimeout(READ_MILLISECONDS);
      if (!(connection instanceof HttpURLConnection http)) {
        return connection;
      }
      http.setInstanceFollowRedirects(false);
      int status = http.getResponseCode();
      String next = http.getHeaderField("Location");
      if (status / 100 == 2) {
        return http;
      }
      http.disconnect();
      if (status / 100 != 3 || next == null) {
        throw new IOException("status " + status + " " + http.getResponseMessage());
      }
      url = url(redirected(url, next));
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirections");
  }

  private static String redirected(URL from, String to) throws IOException {
    try {
      String next = URI.create(from.toString()).resolve(to).toString();
      // A server decides neither about files here, nor against encryption.
      if (next.startsWith("https:") || (next.startsWith("http:") && isPlain(from))) {
        return next;
      }
      throw new IOException("redirected from " + from + " to " + next);
    } catch (IllegalArgumentException e) {
      throw new IOException("redirected to what is no address: " + to, e);
    }
  }

  private static boolean isPlain(URL url) {
    return url.getProtocol().equals("http");
  }

  private static URL url(String address) throws IOException {
    try {
      return URI.create(address).toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new IOException("no address: " + address, e);
    }
  }

  private static void copy(InputStream content, long size, Path aside) throws IOException {
    boolean known = size >= 0 && size <= Integer.MAX_VALUE;
    Progbar progress = new Progbar(known ? (int) size : null).unitName("byte");
    try (OutputStream target = Files.newOutputStream(aside)) {
      byte[] chunk = new byte[CHUNK];
      long done = 0;
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        target.write(chunk, 0, count);
        done += count;
        if (done <= Integer.MAX_VALUE && progress.isDue()) {
          progress.update((int) done);
        }
      }
      if (size >= 0 && done < size) {
        throw new IOException("it ended after " + done + " of " + size + " bytes");
      }
      progress.update((int) Math.min(done, Integer.MAX_VALUE), Map.of(), true);
    }
  }
}
