package keras.utils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetFileTest {
  private static final String TEXT = "some data";
  // python -c 'import hashlib; print(hashlib.sha256(b"some data").hexdigest())', and md5.
  private static final String SHA256 =
      "1307990e6ba5ca145eb35e99182a9bec46531bc54ddf656a602c780fa0240dee";
  private static final String MD5 = "1e50210a0202497fb79bc38b6ade6c34";

  @TempDir private Path cache;

  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    contents.put("/data.txt", TEXT.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (path.equals("/moved.txt") || path.equals("/round")) {
        exchange.getResponseHeaders().add("Location", path.equals("/round") ? path : "/data.txt");
        exchange.sendResponseHeaders(302, -1);
      } else if (path.equals("/away")) {
        exchange.getResponseHeaders().add("Location", "file:/etc/hostname");
        exchange.sendResponseHeaders(301, -1);
      } else if (path.equals("/short.txt")) {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write(new byte[10]);
      } else if (contents.containsKey(path)) {
        exchange.sendResponseHeaders(200, contents.get(path).length);
        exchange.getResponseBody().write(contents.get(path));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private Path get(String path, Consumer<GetFileOptions> options) {
    String origin = "http://localhost:" + server.getAddress().getPort() + path;
    return Utils.getFile(
        origin,
        o -> {
          o.cacheDir(cache);
          options.accept(o);
        });
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void downloadsOnce() {
    Path file = get("/data.txt", o -> {});

    assertThat(file).isEqualTo(cache.resolve("datasets").resolve("data.txt")).hasContent(TEXT);
    assertThat(get("/data.txt", o -> {})).isEqualTo(file);
    assertThat(requests).hasValue(1);
    get("/data.txt", o -> o.forceDownload(true));
    assertThat(requests).hasValue(2);
  }

  @Test
  void namesTheFileAndItsFolder() {
    assertThat(get("/data.txt?version=2", o -> o.cacheSubdir("other/folder")))
        .isEqualTo(cache.resolve("other/folder/data.txt"));
    assertThat(get("/data.txt", o -> o.fname("own.txt")).getFileName()).hasToString("own.txt");
    assertThat(get("/moved.txt", o -> {})).hasContent(TEXT);
    Path local = cache.resolve("datasets/data.txt");
    assertThat(
            Utils.getFile(
                cache.resolve("datasets/own.txt").toUri().toString(),
                o -> o.cacheDir(cache).fname("data.txt")))
        .isEqualTo(local)
        .hasContent(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {SHA256, MD5})
  void checksTheHash(String hash) throws IOException {
    Path file = get("/data.txt", o -> o.fileHash(hash));
    Files.writeString(file, "half");

    assertThat(get("/data.txt", o -> o.fileHash(hash))).hasContent(TEXT);
    assertThat(requests).hasValue(2);
    get("/data.txt", o -> o.fileHash(hash));
    assertThat(requests).hasValue(2);
  }

  @Test
  void keepsNothingThatHasAnotherHash() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(() -> get("/data.txt", o -> o.fileHash("0".repeat(64))))
        .withMessageContaining("what was downloaded is incomplete or another file.")
        .withMessageContaining(SHA256);
    assertThat(filesLeft()).isEmpty();
    get("/data.txt", o -> {});
    assertThatIllegalStateException()
        .isThrownBy(() -> get("/data.txt", o -> o.fileHash(SHA256).hashAlgorithm("md5")))
        .withMessageContaining("the MD5 " + SHA256);
    assertThat(filesLeft()).containsExactly(cache.resolve("datasets").resolve("data.txt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/none.txt", "/short.txt", "/round", "/away"})
  void saysWhereToPutWhatCannotBeDownloaded(String path) throws IOException {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> get(path, o -> {}))
        .withMessageContaining("getFile: the file cannot be downloaded.")
        .withMessageContaining(path)
        .withMessageContaining("put it to " + cache.resolve("datasets").toAbsolutePath() + path);
    assertThat(filesLeft()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data.txt", "", "ftp://localhost/x", "jar:file:x!/y", "http://a b/c", "h:"})
  void refusesWhatIsNoAddress(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.getFile(origin))
        .withMessageContaining("is no address of a file");
  }

  @Test
  void refusesNamesWithFolders() {
    for (String name : new String[] {"a/b", "..", "", "a\\b", "a\0"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> get("/data.txt", o -> o.fname(name)))
          .withMessageContaining("fname is no name of a file");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> get("/folder/", o -> {}))
        .withMessageContaining("does not end in the name of a file");
  }

  @Test
  void extractsArchives() throws IOException {
    contents.put("/a.zip", zip("one.txt", "in/two.txt"));
    contents.put("/a.tar", tar(TarConstants.LF_NORMAL, "one.txt", "in/two.txt"));
    contents.put("/a.tar.gz", gzip(contents.get("/a.tar")));
    for (String archive : new String[] {"a.zip", "a.tar", "a.tar.gz"}) {
      Path folder = get("/" + archive, o -> o.extract(true));

      assertThat(folder).isEqualTo(cache.resolve("datasets").resolve(archive));
      assertThat(folder.resolve("one.txt")).hasContent("one.txt");
      assertThat(folder.resolve("in/two.txt")).hasContent("in/two.txt");
      assertThat(cache.resolve("datasets").resolve(archive + "_archive")).exists();
    }
    assertThat(get("/a.zip", o -> o.fname("b.zip").extract(true)).getFileName())
        .hasToString("b_extracted");
    Path own = get("/a.zip", o -> o.fname("c").extract(true));
    assertThat(own.getFileName()).hasToString("c");
    Files.writeString(own.resolve("one.txt"), "another");
    Files.writeString(own.resolve("own.txt"), "mine");
    get("/a.zip", o -> o.fname("c").extract(true).forceDownload(true));
    assertThat(own.resolve("one.txt")).hasContent("one.txt");
    assertThat(own.resolve("own.txt")).hasContent("mine");
  }

  @Test
  void extractsNothingOutsideOfTheFolder() throws IOException {
    contents.put("/out.zip", zip("fine.txt", "../../out.txt"));
    contents.put("/out.tar", tar(TarConstants.LF_NORMAL, "../out.txt"));
    contents.put("/link.tar", tar(TarConstants.LF_SYMLINK, "link"));
    for (String archive : new String[] {"out.zip", "out.tar", "link.tar"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> get("/" + archive, o -> o.extract(true)))
          .withMessageContaining(archive + "_archive: an entry of the archive leads out");
      assertThat(cache.resolve("datasets").resolve(archive)).doesNotExist();
    }
    assertThat(filesLeft()).allMatch(each -> each.toString().endsWith("_archive"));
  }

  @Test
  void saysThatAFileIsNoArchive() throws IOException {
    byte[] whole = zip("one.txt");
    contents.put("/cut.zip", Arrays.copyOf(whole, whole.length / 2));
    contents.put("/cut.gz", Arrays.copyOf(gzip(tar(TarConstants.LF_NORMAL, "a")), 60));
    for (String file : new String[] {"/data.txt", "/cut.zip", "/cut.gz"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> get(file, o -> o.extract(true)))
          .withMessageContaining("this is no archive, or it is damaged");
    }
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(byte type, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        byte[] content =
            type == TarConstants.LF_NORMAL ? name.getBytes(StandardCharsets.UTF_8) : new byte[0];
        entry.setSize(content.length);
        entry.setLinkName("/etc");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
