package keras.internal.files;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file's bytes, of which no more is read than a file of that size can need: one whose parts refer
 * to each other in circles, or many times, would keep the reader busy for ever.
 */
final class BoundedStorage implements HdfBackingStorage {

  /** Bytes that any file may take, for small ones have relatively much to look up. */
  private static final long ALWAYS = 1 << 24;

  private static final int TIMES = 8;

  /** The least cost of a look. */
  private static final int LEAST = 64;

  private final HdfBackingStorage bytes;
  private long left;

  BoundedStorage(HdfBackingStorage bytes) {
    this.bytes = bytes;
    left = ALWAYS + TIMES * bytes.size();
  }

  private void count(long length) {
    left -= Math.max(LEAST, length);
    if (left < 0) {
      throw new HdfException("its parts refer to each other again and again");
    }
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    count(length);
    return bytes.readBufferFromAddress(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    count(length);
    return bytes.map(address, length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    count(length);
    return bytes.mapNoOffset(address, length);
  }

  @Override
  public long getUserBlockSize() {
    return bytes.getUserBlockSize();
  }

  @Override
  public Superblock getSuperblock() {
    return bytes.getSuperblock();
  }

  @Override
  public FileChannel getFileChannel() {
    return bytes.getFileChannel();
  }

  @Override
  public int getSizeOfOffsets() {
    return bytes.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return bytes.getSizeOfLengths();
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public boolean inMemory() {
    return bytes.inMemory();
  }
}
