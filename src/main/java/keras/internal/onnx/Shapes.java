package keras.internal.onnx;

import static keras.internal.onnx.Converters.one;
import static keras.internal.onnx.Converters.several;
import static keras.internal.onnx.OnnxGraph.attributes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.Shape;

/** Ops that put numbers in another order or take some of them. Sizes are int32 in TensorFlow. */
final class Shapes {

  private static final long TO_THE_END = Long.MAX_VALUE;

  private Shapes() {}

  static void register() {
    one("Shape", Shapes::shape);
    one("Reshape", Shapes::reshaped);
    one("ExpandDims", node -> add(node, "Unsqueeze", node.input(0), axes(node, 1)));
    one("Squeeze", Shapes::squeezed);
    one("Transpose", node -> transposed(node, node.input(0), node.constantLongs(1)));
    one("ConcatV2", Shapes::joined);
    one("Pack", Shapes::stacked);
    several("Unpack", Shapes::unstacked);
    several("Split", node -> parts(node, 1, 0, equalParts(node)));
    several("SplitV", node -> parts(node, 0, 2, node.constantLongs(1)));
    one("Slice", Shapes::slice);
    one("StridedSlice", Shapes::stridedSlice);
    one("ReverseV2", Shapes::reversed);
    one("GatherV2", Shapes::gathered);
    one("Tile", node -> add(node, "Tile", node.input(0), node.longs(1)));
    one("Fill", node -> add(node, "Expand", node.input(1), node.longs(0)));
    one("Empty", node -> add(node, "Expand", node.graph().scalar(0f), node.longs(0)));
    one("BroadcastTo", node -> add(node, "Expand", node.input(0), node.longs(1)));
    one("ZerosLike", node -> filled(node, 0));
    one("OnesLike", node -> filled(node, 1));
    one("Range", node -> add(node, "Range", node.inputs(0, 3)));
    one("OneHot", Shapes::oneHot);
    one("Pad", node -> padded(node, null));
    one("PadV2", node -> padded(node, node.input(2)));
    one("MirrorPad", Shapes::mirrored);
    one("InplaceUpdate", Shapes::updated);
    one("SpaceToBatchND", Shapes::spaceToBatch);
    one("BatchToSpaceND", Shapes::batchToSpace);
  }

  private static String add(Node node, String op, String... inputs) {
    return node.graph().add(op, inputs);
  }

  private static String shape(Node node) {
    return node.cast(add(node, "Shape", node.input(0)), node.typeOf("out_type"));
  }

  private static String reshaped(Node node) {
    // Else a size of zero would mean: as it was.
    return node.graph().add("Reshape", attributes("allowzero", 1), node.input(0), node.longs(1));
  }

  /** Returns an input that names one or several axes as a vector. */
  private static String axes(Node node, int i) {
    return node.graph().longs(node.constantLongs(i));
  }

  private static String squeezed(Node node) {
    long[] axes = node.list("squeeze_dims");
    return axes.length == 0
        ? add(node, "Squeeze", node.input(0))
        : add(node, "Squeeze", node.input(0), node.graph().longs(axes));
  }

  /** Puts the dimensions in another order. */
  static String transposed(Node node, String value, long... order) {
    return node.graph().add("Transpose", attributes("perm", order), value);
  }

  /** Swaps the last two dimensions of an input. */
  static String lastTwoSwapped(Node node, int i) {
    int rank = node.rank(i);
    long[] order = LongStream.range(0, rank).toArray();
    order[rank - 2] = rank - 1L;
    order[rank - 1] = rank - 2L;
    return transposed(node, node.input(i), order);
  }

  private static String joined(Node node) {
    int last = node.inputCount() - 1;
    return node.graph()
        .add("Concat", attributes("axis", node.constantLongs(last)[0]), node.inputs(0, last));
  }

  private static String stacked(Node node) {
    long axis = node.integer("axis");
    String[] rows =
        Arrays.stream(node.inputs(0, node.inputCount()))
            .map(each -> add(node, "Unsqueeze", each, node.graph().longs(axis)))
            .toArray(String[]::new);
    return node.graph().add("Concat", attributes("axis", axis), rows);
  }

  private static List<String> unstacked(Node node) {
    List<String> rows = new ArrayList<>();
    for (long i = 0; i < node.integer("num"); i++) {
      rows.add(
          node.graph()
              .add(
                  "Gather",
                  attributes("axis", node.integer("axis")),
                  node.input(0),
                  node.graph().scalar(i)));
    }
    return rows;
  }

  private static long[] equalParts(Node node) {
    int count = (int) node.integer("num_split");
    long axis = Math.floorMod(node.constantLongs(0)[0], node.rank(1));
    long[] sizes = new long[count];
    Arrays.fill(sizes, node.size(1, (int) axis) / count);
    return sizes;
  }

  private static List<String> parts(Node node, int value, int axis, long[] sizes) {
    long along = node.constantLongs(axis)[0];
    return node.graph()
        .add(
            "Split",
            attributes("axis", along),
            sizes.length,
            node.input(value),
            node.graph().longs(sizes));
  }

  private static String slice(Node node) {
    String along = node.graph().longs(LongStream.range(0, node.size(1, 0)).toArray());
    if (node.isConstant(1) && node.isConstant(2)) {
      long[] from = node.constantLongs(1);
      long[] size = node.constantLongs(2);
      long[] to = new long[from.length];
      Arrays.setAll(to, i -> size[i] < 0 ? TO_THE_END : from[i] + size[i]);
      return add(
          node, "Slice", node.input(0), node.graph().longs(from), node.graph().longs(to), along);
    }
    String from = node.longs(1);
    String size = node.longs(2);
    String end =
        add(
            node,
            "Where",
            add(node, "Less", size, node.graph().scalar(0L)),
            node.graph().scalar(TO_THE_END),
            add(node, "Add", from, size));
    return add(node, "Slice", node.input(0), from, end, along);
  }

  /** Takes what {@code x[..., from:to:step, 1, None]} takes, with indices that are known. */
  private static String stridedSlice(Node node) {
    if (!node.isConstant(1) || !node.isConstant(2)) {
      return slicedAtARun(node);
    }
    long[] step = node.constantLongs(3);
    List<long[]> ranges = new ArrayList<>(); // axis, from, to, step
    List<Long> single = new ArrayList<>();
    List<Long> fresh = new ArrayList<>();
    long axis = 0;
    long place = 0;
    for (int i = 0; i < step.length; i++) {
      if (set(node, "ellipsis_mask", i)) {
        long others = IntStream.range(0, step.length).filter(k -> takesAnAxis(node, k)).count();
        axis += node.rank(0) - others;
        place += node.rank(0) - others;
      } else if (set(node, "new_axis_mask", i)) {
        fresh.add(place++);
      } else if (set(node, "shrink_axis_mask", i)) {
        long at = node.constantLongs(1)[i];
        ranges.add(new long[] {axis, at, at == -1 ? TO_THE_END : at + 1, 1});
        single.add(axis++);
      } else {
        ranges.add(range(node, i, axis++));
        place++;
      }
    }
    OnnxGraph graph = node.graph();
    String taken = node.input(0);
    if (!ranges.isEmpty()) {
      taken =
          graph.add(
              "Slice",
              taken,
              column(graph, ranges, 1),
              column(graph, ranges, 2),
              column(graph, ranges, 0),
              column(graph, ranges, 3));
    }
    taken = single.isEmpty() ? taken : graph.add("Squeeze", taken, graph.longs(array(single)));
    return fresh.isEmpty() ? taken : graph.add("Unsqueeze", taken, graph.longs(array(fresh)));
  }

  /** Slices from and to places that a run finds out; the axes that are masked are taken whole. */
  private static String slicedAtARun(Node node) {
    OnnxGraph graph = node.graph();
    long[] step = node.constantLongs(3);
    List<Long> sliced = new ArrayList<>();
    for (int i = 0; i < step.length; i++) {
      boolean begin = set(node, "begin_mask", i);
      boolean plain = takesAnAxis(node, i) && !set(node, "shrink_axis_mask", i);
      if (!plain || begin != set(node, "end_mask", i) || (begin && step[i] != 1)) {
        throw node.refused("wants to know places along axis " + i + " before a run");
      }
      if (!begin) {
        sliced.add((long) i);
      }
    }
    String axes = graph.longs(array(sliced));
    return graph.add(
        "Slice",
        node.input(0),
        graph.add("Gather", node.longs(1), axes),
        graph.add("Gather", node.longs(2), axes),
        axes,
        graph.longs(sliced.stream().mapToLong(axis -> step[axis.intValue()]).toArray()));
  }

  private static boolean takesAnAxis(Node node, int i) {
    return !set(node, "ellipsis_mask", i) && !set(node, "new_axis_mask", i);
  }

  private static long[] range(Node node, int i, long axis) {
    long step = node.constantLongs(3)[i];
    long from = node.constantLongs(1)[i];
    long to = node.constantLongs(2)[i];
    boolean back = step < 0;
    return new long[] {
      axis,
      set(node, "begin_mask", i) ? back ? TO_THE_END : 0 : from,
      set(node, "end_mask", i) ? back ? Long.MIN_VALUE : TO_THE_END : to,
      step
    };
  }

  private static String column(OnnxGraph graph, List<long[]> rows, int which) {
    return graph.longs(rows.stream().mapToLong(row -> row[which]).toArray());
  }

  private static boolean set(Node node, String mask, int bit) {
    return (node.integer(mask) >> bit & 1) == 1;
  }

  private static String reversed(Node node) {
    long[] axes = node.constantLongs(1);
    long[] each = new long[axes.length];
    OnnxGraph graph = node.graph();
    Arrays.fill(each, -1);
    String back = graph.longs(each);
    Arrays.fill(each, Long.MIN_VALUE);
    return graph.add("Slice", node.input(0), back, graph.longs(each), graph.longs(axes), back);
  }

  private static String gathered(Node node) {
    if (node.integer("batch_dims") != 0) {
      throw node.refused("is known without batch_dims alone");
    }
    return node.graph()
        .add("Gather", attributes("axis", node.constantLongs(2)[0]), node.input(0), node.input(1));
  }

  private static String filled(Node node, float value) {
    String number = node.graph().scalar(value);
    String typed = node.isFloat(0) ? number : node.cast(number, node.inputType(0));
    return add(node, "Expand", typed, add(node, "Shape", node.input(0)));
  }

  private static String oneHot(Node node) {
    long[] classes = LongStream.range(0, node.constantLongs(1)[0]).toArray();
    OnnxGraph graph = node.graph();
    String index =
        graph.add("Unsqueeze", node.toLong(node.input(0)), graph.longs(node.integer("axis")));
    if (node.integer("axis") != -1) {
      throw node.refused("is known along the last axis alone");
    }
    String hit = graph.add("Equal", index, graph.longs(classes));
    return graph.add("Where", hit, node.input(2), node.input(3));
  }

  /** Returns how much is added before and behind each dimension, in ONNX's order. */
  private static String paddings(Node node, int i) {
    if (node.isConstant(i)) {
      return node.graph().longs(sidesApart(node.constantLongs(i)));
    }
    String sides = transposed(node, node.longs(i), 1, 0);
    return add(node, "Reshape", sides, node.graph().longs(-1));
  }

  /** From (before, behind) of each dimension to all before and all behind. */
  private static long[] sidesApart(long[] pairs) {
    int count = pairs.length / 2;
    return IntStream.range(0, pairs.length)
        .mapToLong(i -> pairs[2 * (i % count) + i / count])
        .toArray();
  }

  private static String padded(Node node, String value) {
    String fill = value == null ? filler(node) : value;
    return add(node, "Pad", node.input(0), paddings(node, 1), fill);
  }

  private static String filler(Node node) {
    String zero = node.graph().scalar(0f);
    return node.isFloat(0) ? zero : node.cast(zero, node.inputType(0));
  }

  private static String mirrored(Node node) {
    if (!node.text("mode").equals("REFLECT")) {
      throw node.refused("is known as REFLECT alone");
    }
    return node.graph().add("Pad", attributes("mode", "reflect"), node.input(0), paddings(node, 1));
  }

  private static String updated(Node node) {
    String rows = add(node, "Unsqueeze", node.longs(1), node.graph().longs(-1));
    return add(node, "ScatterND", node.input(0), rows, node.input(2));
  }

  /**
   * Returns the sizes of a value as pieces of a vector, constants where they are known.
   *
   * @param sizes what is known of them, -1 elsewhere
   */
  private static List<String> sizes(Node node, String value, Shape sizes) {
    OnnxGraph graph = node.graph();
    List<String> pieces = new ArrayList<>();
    String shape = null;
    for (int i = 0; i < sizes.numDimensions(); i++) {
      if (sizes.get(i) != Shape.UNKNOWN_SIZE) {
        pieces.add(graph.longs(sizes.get(i)));
        continue;
      }
      shape = shape == null ? graph.add("Shape", value) : shape;
      pieces.add(graph.add("Slice", shape, graph.longs(i), graph.longs(i + 1)));
    }
    return pieces;
  }

  private static String reshaped(Node node, String value, List<String> sizes) {
    String shape = node.graph().add("Concat", attributes("axis", 0), sizes.toArray(String[]::new));
    return add(node, "Reshape", value, shape);
  }

  /** Takes blocks of some dimensions apart into samples of their own. */
  private static String spaceToBatch(Node node) {
    long[] block = node.constantLongs(1);
    int rank = node.rank(0);
    String value = node.input(0);
    OnnxGraph graph = node.graph();
    String[] sides = new String[2];
    String pairs = node.longs(2);
    for (int side = 0; side < 2; side++) {
      String each = graph.add("Gather", attributes("axis", 1), pairs, graph.scalar((long) side));
      sides[side] = around(node, each, block.length, rank);
    }
    String paddings = graph.add("Concat", attributes("axis", 0), sides[0], sides[1]);
    String padded = graph.add("Pad", value, paddings, filler(node));
    List<String> sizes = sizes(node, padded, unknown(node.shape(0), block.length));
    List<String> apart = new ArrayList<>(List.of(sizes.get(0)));
    List<String> together = new ArrayList<>();
    String samples = sizes.get(0);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < block.length; i++) {
      String each = graph.longs(block[i]);
      String size = graph.add("Div", sizes.get(1 + i), each);
      apart.add(size);
      apart.add(each);
      together.add(size);
      samples = graph.add("Mul", samples, each);
      order.add(2 + 2 * i);
    }
    order.add(0);
    for (int i = 0; i < block.length; i++) {
      order.add(1 + 2 * i);
    }
    for (int i = 1 + block.length; i < rank; i++) {
      apart.add(sizes.get(i));
      together.add(sizes.get(i));
      order.add(i + block.length);
    }
    together.add(0, samples);
    String blocks = reshaped(node, padded, apart);
    return reshaped(node, transposed(node, blocks, array(order)), together);
  }

  /** Puts samples together again that were blocks of one. */
  private static String batchToSpace(Node node) {
    long[] block = node.constantLongs(1);
    int rank = node.rank(0);
    OnnxGraph graph = node.graph();
    String value = node.input(0);
    List<String> sizes = sizes(node, value, node.shape(0));
    String samples = sizes.get(0);
    List<String> apart = new ArrayList<>();
    List<String> together = new ArrayList<>();
    List<Integer> order = new ArrayList<>(List.of(block.length));
    for (int i = 0; i < block.length; i++) {
      String each = graph.longs(block[i]);
      apart.add(each);
      samples = graph.add("Div", samples, each);
      together.add(graph.add("Mul", sizes.get(1 + i), each));
      order.add(1 + block.length + i);
      order.add(i);
    }
    apart.add(samples);
    together.add(0, samples);
    for (int i = 1; i < rank; i++) {
      apart.add(sizes.get(i));
      if (i > block.length) {
        together.add(sizes.get(i));
        order.add(i + block.length);
      }
    }
    String blocks = reshaped(node, value, apart);
    String whole = reshaped(node, transposed(node, blocks, array(order)), together);
    String crops = node.longs(2);
    String from = graph.add("Gather", attributes("axis", 1), crops, graph.scalar(0L));
    String rest = graph.add("Gather", attributes("axis", 1), crops, graph.scalar(1L));
    String size =
        graph.add(
            "Concat",
            attributes("axis", 0),
            together.subList(1, 1 + block.length).toArray(String[]::new));
    String to = graph.add("Sub", size, rest);
    String axes = graph.longs(LongStream.rangeClosed(1, block.length).toArray());
    return graph.add("Slice", whole, from, to, axes);
  }

  /** Adds zeros for the dimensions before and behind those that a vector is about. */
  private static String around(Node node, String sizes, int count, int rank) {
    OnnxGraph graph = node.graph();
    String behind = graph.longs(new long[rank - 1 - count]);
    return graph.add("Concat", attributes("axis", 0), graph.longs(0), sizes, behind);
  }

  /** Forgets the sizes that padding changes. */
  private static Shape unknown(Shape shape, int count) {
    long[] sizes = shape.asArray().clone();
    Arrays.fill(sizes, 1, 1 + count, Shape.UNKNOWN_SIZE);
    return Shape.of(sizes);
  }

  private static long[] array(List<? extends Number> values) {
    return values.stream().mapToLong(Number::longValue).toArray();
  }
}
