package keras.utils;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Archives of {@code tar}, compressed or not. The only user of commons-compress. */
final class Tar {

  private Tar() {}

  static void extract(Archive archive, Path folder) throws IOException {
    int files = 0;
    try (TarArchiveInputStream tar = new TarArchiveInputStream(plain(archive))) {
      for (TarArchiveEntry entry = next(archive, tar); entry != null; entry = next(archive, tar)) {
        if (isFile(entry)) {
          archive.put(folder, entry.getName(), tar);
          files++;
        } else if (!entry.isDirectory()) {
          throw archive.outside(entry.getName());
        }
      }
    }
    if (files == 0) {
      throw archive.damaged(new IOException("no file in it"));
    }
  }

  /** Tells whether it is a file itself; for the library a link is one, too. */
  private static boolean isFile(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    boolean plain = kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    return plain && !entry.isDirectory();
  }

  private static TarArchiveEntry next(Archive archive, TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw archive.damaged(e instanceof IOException io ? io : new IOException(e));
    }
  }

  private static InputStream plain(Archive archive) throws IOException {
    InputStream content = archive.open();
    try {
      String form = CompressorStreamFactory.detect(content);
      return new BufferedInputStream(
          new CompressorStreamFactory(true).createCompressorInputStream(form, content));
    } catch (CompressorException e) {
      return content; // As it is.
    }
  }
}
