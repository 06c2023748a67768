package keras.internal.disk;

import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The entries of a zip file from strangers. */
public final class ZipEntries {

  private ZipEntries() {}

  /**
   * Returns all entries.
   *
   * @param zip an open file
   * @return the entries in the file's order
   * @throws ZipException if the name of one is no text
   */
  public static List<? extends ZipEntry> of(ZipFile zip) throws ZipException {
    try {
      return Collections.list(zip.entries());
    } catch (IllegalArgumentException e) {
      throw new ZipException(e.getMessage());
    }
  }
}
