package keras.internal.onnx;

import static keras.internal.onnx.Converters.one;
import static keras.internal.onnx.OnnxGraph.attributes;

import java.util.Arrays;
import java.util.Map;
import keras.internal.graph.EagerOps;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeArea;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Convolutions, pools and other sizes of images: TensorFlow has the channels last, ONNX first. */
final class Convolutions {

  private Convolutions() {}

  static void register() {
    one("Conv2D", Convolutions::convolution);
    one("DepthwiseConv2dNative", Convolutions::depthwise);
    one("Conv2DBackpropInput", Convolutions::transposed);
    one("MaxPool", node -> pool(node, "MaxPool"));
    one("MaxPoolV2", node -> pool(node, "MaxPool"));
    one("MaxPool3D", node -> pool(node, "MaxPool"));
    one("AvgPool", node -> pool(node, "AveragePool"));
    one("AvgPool3D", node -> pool(node, "AveragePool"));
    one(
        "ResizeNearestNeighbor",
        node -> resized(node, attributes("mode", "nearest", "nearest_mode", "round_prefer_ceil")));
    one("ResizeBilinear", node -> resized(node, attributes("mode", "linear")));
    one(
        "ResizeBicubic",
        node ->
            overMatrices(
                node,
                (tf, images, size, axis) ->
                    tf.image.resizeBicubic(
                        images,
                        size,
                        ResizeBicubic.halfPixelCenters(node.flag("half_pixel_centers")),
                        ResizeBicubic.alignCorners(node.flag("align_corners")))));
    one(
        "ResizeArea",
        node ->
            overMatrices(
                node,
                (tf, images, size, axis) ->
                    tf.image.resizeArea(
                        images, size, ResizeArea.alignCorners(node.flag("align_corners")))));
    one(
        "ScaleAndTranslate",
        node ->
            overMatrices(
                node,
                (tf, images, size, axis) ->
                    tf.image.scaleAndTranslate(
                        images,
                        size,
                        tf.constant(new float[] {Constants.floats(node.constant(2))[axis], 1}),
                        tf.constant(new float[] {Constants.floats(node.constant(3))[axis], 0}),
                        ScaleAndTranslate.kernelType(node.text("kernel_type")),
                        ScaleAndTranslate.antialias(node.flag("antialias")))));
  }

  /** Resizes images of one column, by what is said of one axis. */
  @FunctionalInterface
  private interface Resizing {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> images, Operand<TInt32> size, int axis);
  }

  /**
   * Resizes by a product for each axis. ONNX has not these kernels, or computes their weights more
   * finely than TensorFlow, which looks them up in a table; here TensorFlow says them itself.
   */
  private static String overMatrices(Node node, Resizing resizing) {
    long[] sizes = node.constantLongs(1);
    OnnxGraph graph = node.graph();
    String image = channelsFirst(node, node.input(0), 4);
    String rows = weights(node, resizing, sizes[0], 0);
    String columns = weights(node, resizing, sizes[1], 1);
    String taller = graph.add("MatMul", Shapes.transposed(node, rows, 1, 0), image);
    return channelsLast(node, graph.add("MatMul", taller, columns), 4);
  }

  /** Returns the weights of what is resized along an axis, (before, after). */
  private static String weights(Node node, Resizing resizing, long after, int axis) {
    int before = (int) node.size(0, 1 + axis);
    float[] units = new float[before * before];
    for (int i = 0; i < before; i++) {
      units[i * before + i] = 1;
    }
    float[] weights =
        EagerOps.run(
            tf ->
                resizing.of(
                    tf,
                    tf.constant(Shape.of(before, before, 1, 1), DataBuffers.of(units)),
                    tf.constant(new int[] {(int) after, 1}),
                    axis));
    return node.graph().constant("weights", Constants.floats(Shape.of(before, after), weights));
  }

  private static String convolution(Node node) {
    long groups = node.size(0, 3) / node.size(1, 2);
    return convolution(node, Shapes.transposed(node, node.input(1), 3, 2, 0, 1), groups);
  }

  /** Each channel has filters of its own. */
  private static String depthwise(Node node) {
    long channels = node.size(1, 2);
    String filters = Shapes.transposed(node, node.input(1), 2, 3, 0, 1);
    String each =
        node.graph()
            .add(
                "Reshape",
                filters,
                node.graph()
                    .longs(channels * node.size(1, 3), 1, node.size(1, 0), node.size(1, 1)));
    return convolution(node, each, channels);
  }

  private static String convolution(Node node, String filters, long groups) {
    Map<String, Object> attributes =
        attributes(
            "group", groups, "strides", inner(node.list("strides")), "dilations", dilations(node));
    if (node.text("padding").equals("EXPLICIT")) {
      long[] sides = node.list("explicit_paddings");
      attributes.put("pads", new long[] {sides[2], sides[4], sides[3], sides[5]});
    } else {
      attributes.put("auto_pad", autoPad(node));
    }
    String image = channelsFirst(node, node.input(0), 4);
    return channelsLast(node, node.graph().add("Conv", attributes, image, filters), 4);
  }

  private static long[] dilations(Node node) {
    return node.list("dilations").length == 0 ? new long[] {1, 1} : inner(node.list("dilations"));
  }

  private static String autoPad(Node node) {
    return node.text("padding").equals("SAME") ? "SAME_UPPER" : "VALID";
  }

  /** Returns what is said of the dimensions between samples and channels. */
  private static long[] inner(long[] each) {
    checkChannelsLast(each);
    return Arrays.copyOfRange(each, 1, each.length - 1);
  }

  private static void checkChannelsLast(long[] each) {
    if (each[0] != 1 || each[each.length - 1] != 1) {
      throw Conversion.refused("an op over images", "that steps over samples or channels");
    }
  }

  private static String channelsFirst(Node node, String value, int rank) {
    long[] order = new long[rank];
    Arrays.setAll(order, i -> i < 2 ? i * (rank - 1L) : i - 1L);
    return Shapes.transposed(node, value, order);
  }

  private static String channelsLast(Node node, String value, int rank) {
    long[] order = new long[rank];
    Arrays.setAll(order, i -> i == 0 ? 0L : i == rank - 1 ? 1L : i + 1L);
    return Shapes.transposed(node, value, order);
  }

  /**
   * The gradient of a convolution. It is computed as large as it can be, and cut to the size that
   * is wanted.
   */
  private static String transposed(Node node) {
    OnnxGraph graph = node.graph();
    long[] strides = inner(node.list("strides"));
    long[] dilations = dilations(node);
    String whole =
        graph.add(
            "ConvTranspose",
            attributes("strides", strides, "dilations", dilations),
            channelsFirst(node, node.input(2), 4),
            Shapes.transposed(node, node.input(1), 3, 2, 0, 1));
    String spatial = graph.longs(2, 3);
    String size = graph.add("Slice", node.longs(0), graph.longs(1), graph.longs(3));
    String from = graph.longs(0, 0);
    if (node.text("padding").equals("EXPLICIT")) {
      long[] sides = node.list("explicit_paddings");
      from = graph.longs(sides[2], sides[4]);
    } else if (node.text("padding").equals("SAME")) {
      String full = graph.add("Slice", graph.add("Shape", whole), graph.longs(2), graph.longs(4));
      String cut = graph.add("Max", graph.add("Sub", full, size), graph.scalar(0L));
      from = graph.add("Div", cut, graph.scalar(2L));
    }
    // The end may lie behind what the convolution has touched.
    long[] pads = {0, 0, 0, 0, 0, 0, strides[0] + node.size(1, 0), strides[1] + node.size(1, 1)};
    String padded = graph.add("Pad", whole, graph.longs(pads), graph.scalar(0f));
    String cut = graph.add("Slice", padded, from, graph.add("Add", from, size), spatial);
    return channelsLast(node, cut, 4);
  }

  private static String pool(Node node, String op) {
    boolean given = node.inputCount() > 1;
    long[] sizes = given ? node.constantLongs(1) : node.list("ksize");
    long[] strides = given ? node.constantLongs(2) : node.list("strides");
    int rank = sizes.length;
    String pooled =
        node.graph()
            .add(
                op,
                attributes(
                    "kernel_shape",
                    inner(sizes),
                    "strides",
                    inner(strides),
                    "auto_pad",
                    autoPad(node)),
                channelsFirst(node, node.input(0), rank));
    return channelsLast(node, pooled, rank);
  }

  private static String resized(Node node, Map<String, Object> attributes) {
    if (!node.flag("half_pixel_centers") || node.flag("align_corners")) {
      throw node.refused("is known with half_pixel_centers alone");
    }
    OnnxGraph graph = node.graph();
    String image = channelsFirst(node, node.input(0), 4);
    String kept = graph.add("Slice", graph.add("Shape", image), graph.longs(0), graph.longs(2));
    String sizes = graph.add("Concat", attributes("axis", 0), kept, node.longs(1));
    return channelsLast(node, graph.add("Resize", attributes, image, "", "", sizes), 4);
  }
}
