package keras.datasets;

import java.nio.file.Path;
import keras.utils.Utils;

/** A file of the data that Keras knows, in {@code ~/.keras/datasets}, or downloaded to there. */
final class DatasetFile {
  private static final String ORIGIN =
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/";

  private DatasetFile() {}

  /**
   * Returns a file.
   *
   * @param remote its name where it comes from
   * @param local its name here
   * @param hash its hash, as Keras gives it
   */
  static Path get(String remote, String local, String hash) {
    return Utils.getFile(ORIGIN + remote, file -> file.fname(local).fileHash(hash));
  }

  /** Returns a file without a hash, in a folder of its own. */
  static Path getFrom(String folder, String name) {
    return Utils.getFile(ORIGIN + name, file -> file.cacheSubdir("datasets/" + folder));
  }
}
