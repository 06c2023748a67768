package keras.callbacks;

import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.tensorflow.proto.DataClass;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes what TensorBoard shows: records of {@code Event}, each with its length and the check sums
 * of both, as {@code tf.summary} writes them.
 */
final class EventFile implements Closeable {
  private static final int BUCKETS = 30;
  private static final AtomicInteger OPENED = new AtomicInteger();

  private final Path file;
  private final OutputStream stream;

  /**
   * Begins a file in a folder, which is made if it is not there.
   *
   * @throws UncheckedIOException if that fails
   */
  EventFile(Path folder) {
    double now = System.currentTimeMillis() / 1000.0;
    file =
        folder.resolve(
            String.format(
                "events.out.tfevents.%d.keras-java.%d.%d.v2",
                (long) now, ProcessHandle.current().pid(), OPENED.getAndIncrement()));
    try {
      Files.createDirectories(folder);
      stream = Files.newOutputStream(file);
    } catch (IOException e) {
      throw failed(e);
    }
    write(Event.newBuilder().setFileVersion("brain.Event:2"));
  }

  /** Writes a number. */
  void scalar(String tag, double value, long step) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addFloatVal((float) value)
            .build();
    write(tag, tensor, metadata("scalars", DataClass.DATA_CLASS_SCALAR, ""), step);
  }

  /** Writes how often the numbers lie in each of thirty ranges of one width. */
  void histogram(String tag, float[] values, long step) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_DOUBLE)
            .setTensorShape(shape(BUCKETS, 3))
            .addAllDoubleVal(Arrays.stream(buckets(values)).boxed().toList())
            .build();
    write(tag, tensor, metadata("histograms", DataClass.DATA_CLASS_TENSOR, ""), step);
  }

  /** Returns the left and right end of each range and how many numbers it holds. */
  static double[] buckets(float[] values) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    double[] buckets = new double[3 * BUCKETS];
    if (least > greatest) {
      return buckets;
    }
    double width = (greatest - least) / BUCKETS;
    for (int i = 0; i < BUCKETS; i++) {
      buckets[3 * i] = least + i * width;
      buckets[3 * i + 1] = i == BUCKETS - 1 ? greatest : least + (i + 1) * width;
    }
    for (float value : values) {
      if (Float.isFinite(value)) {
        // All numbers alike are in the last range, as tf.summary has it.
        int range = width == 0 ? BUCKETS : (int) ((value - least) / width);
        buckets[3 * Math.min(range, BUCKETS - 1) + 2]++;
      }
    }
    return buckets;
  }

  /** Writes the configuration of a model, of which TensorBoard draws the graph of its layers. */
  void model(String json) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(json))
            .build();
    write("keras", tensor, metadata("graph_keras_model", DataClass.DATA_CLASS_UNKNOWN, "1"), 0);
  }

  /** Writes a graph of ops. */
  void graph(GraphDef graph) {
    write(Event.newBuilder().setGraphDef(graph.toByteString()));
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  private static SummaryMetadata metadata(String plugin, DataClass kind, String content) {
    return SummaryMetadata.newBuilder()
        .setPluginData(
            SummaryMetadata.PluginData.newBuilder()
                .setPluginName(plugin)
                .setContent(ByteString.copyFromUtf8(content)))
        .setDataClass(kind)
        .build();
  }

  private void write(String tag, TensorProto tensor, SummaryMetadata metadata, long step) {
    Summary.Value value =
        Summary.Value.newBuilder().setTag(tag).setTensor(tensor).setMetadata(metadata).build();
    write(Event.newBuilder().setStep(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private void write(Event.Builder event) {
    byte[] data = event.setWallTime(System.currentTimeMillis() / 1000.0).build().toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
    record
        .putInt(checkSum(record.array(), Long.BYTES))
        .put(data)
        .putInt(checkSum(data, data.length));
    try {
      stream.write(record.array());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static int checkSum(byte[] bytes, int count) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, count);
    int value = (int) sum.getValue();
    return Integer.rotateRight(value, 15) + 0xa282ead8;
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": TensorBoard's events cannot be written: " + e, e);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
