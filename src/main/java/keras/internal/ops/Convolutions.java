package keras.internal.ops;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Convolutions of sequences, images and volumes, features last, made of ops whose gradient
 * TensorFlow's C++ library knows on a CPU: {@code Conv2D}, {@code DepthwiseConv2dNative} and {@code
 * Conv2DBackpropInput} without dilation.
 *
 * <p>A sequence is an image of one row. A volume is an image for each place of its depth, whose
 * features are those of all places that a kernel sees. Elements that kernels see apart are dealt
 * into batches of their own.
 *
 * @param strides how far a kernel moves in each dimension
 * @param padding {@code "SAME"} or {@code "VALID"}
 * @param dilation how far apart the elements are that a kernel sees, in each dimension
 */
public record Convolutions(List<Integer> strides, String padding, List<Integer> dilation) {

  private static final String VALID = "VALID";

  /** An op that takes an image and kernels, with strides and a padding. */
  @FunctionalInterface
  private interface ImageOp {
    Operand<TFloat32> add(
        Operand<TFloat32> x, Operand<TFloat32> kernels, List<Long> strides, String padding);
  }

  /**
   * Moves kernels over all features, or each group of kernels over a group of features.
   *
   * @param x (batch, places..., features)
   * @param kernels (places..., features / groups, filters)
   * @param groups how many groups there are
   * @return (batch, places..., filters)
   */
  public Operand<TFloat32> plain(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels, int groups) {
    if (groups == 1) {
      return ofOneGroup(tf, x, kernels);
    }
    List<Operand<TFloat32>> of = split(tf, x, groups);
    List<Operand<TFloat32>> by = split(tf, kernels, groups);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      parts.add(ofOneGroup(tf, of.get(i), by.get(i)));
    }
    return tf.concat(parts, tf.constant(-1));
  }

  private static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> x, int groups) {
    int last = x.shape().numDimensions() - 1;
    return List.copyOf(tf.split(tf.constant(last), x, (long) groups).output());
  }

  private Operand<TFloat32> ofOneGroup(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    return strides.size() == 3
        ? volume(tf, x, kernels)
        : image(tf, x, kernels, (image, by, steps, edges) -> tf.nn.conv2d(image, by, steps, edges));
  }

  /**
   * Moves kernels over each feature by itself.
   *
   * @param x (batch, places..., features), a sequence or an image
   * @param kernels (places..., features, multiplier)
   * @return (batch, places..., features * multiplier)
   */
  public Operand<TFloat32> depthwise(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    return image(
        tf,
        x,
        kernels,
        (image, by, steps, edges) -> tf.nn.depthwiseConv2dNative(image, by, steps, edges));
  }

  private Operand<TFloat32> image(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels, ImageOp op) {
    if (strides.size() == 1) {
      Operand<TFloat32> y =
          asImage(strides.get(0))
              .image(
                  tf, tf.expandDims(x, tf.constant(1)), tf.expandDims(kernels, tf.constant(0)), op);
      return tf.squeeze(y, Squeeze.axis(List.of(1L)));
    }
    if (dilation.stream().allMatch(each -> each == 1)) {
      return op.add(
          x, kernels, List.of(1L, (long) strides.get(0), (long) strides.get(1), 1L), padding);
    }
    return dealt(tf, x, kernels, op);
  }

  /** Returns the same for sequences that are images of one row. */
  private Convolutions asImage(int strideOfRows) {
    return new Convolutions(
        List.of(strideOfRows, strides.get(0)), padding, List.of(1, dilation.get(0)));
  }

  /** Deals the elements that kernels see together into batches of their own. */
  private Operand<TFloat32> dealt(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels, ImageOp op) {
    List<Operand<TInt32>> paddings = new ArrayList<>();
    List<Operand<TInt32>> crops = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int around = padding.equals(VALID) ? 0 : extent(kernels, i) - 1;
      Operand<TInt32> rest = restOf(tf, x, i + 1, around, dilation.get(i));
      Operand<TInt32> after = tf.math.add(rest, tf.constant(around - around / 2));
      paddings.add(tf.stack(List.of(tf.constant(around / 2), after)));
      crops.add(tf.stack(List.of(tf.constant(0), rest)));
    }
    Operand<TInt32> block = tf.constant(dilation.stream().mapToInt(Integer::intValue).toArray());
    Operand<TFloat32> parts = tf.spaceToBatchNd(x, block, tf.stack(paddings));
    Operand<TFloat32> sums = op.add(parts, kernels, List.of(1L, 1L, 1L, 1L), VALID);
    return tf.batchToSpaceNd(sums, block, tf.stack(crops));
  }

  /** Returns how many elements lie between the ends of a kernel, both included. */
  private int extent(Operand<TFloat32> kernels, int dimension) {
    return (int) (kernels.shape().get(dimension) - 1) * dilation.get(dimension) + 1;
  }

  /** Returns how many elements are lacking from a multiple of the rate. */
  private static Operand<TInt32> restOf(
      Ops tf, Operand<TFloat32> x, int axis, int around, int rate) {
    long size = x.shape().get(axis);
    if (size != Shape.UNKNOWN_SIZE) {
      return tf.constant((int) Math.floorMod(-(size + around), (long) rate));
    }
    Operand<TInt32> whole = tf.math.add(Dims.of(tf, x, axis), tf.constant(around));
    return tf.math.floorMod(tf.math.neg(whole), tf.constant(rate));
  }

  private Operand<TFloat32> volume(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels) {
    int deep = (int) kernels.shape().get(0);
    Operand<TInt32> depth = Dims.of(tf, x, 1);
    Operand<TInt32> places;
    Operand<TFloat32> padded = x;
    Operand<TInt32> room = tf.math.sub(depth, tf.constant(extent(kernels, 0) - 1));
    if (padding.equals(VALID)) {
      places = quotientUp(tf, room, strides.get(0));
    } else {
      places = quotientUp(tf, depth, strides.get(0));
      Operand<TInt32> around =
          tf.math.maximum(
              tf.math.sub(
                  tf.math.mul(places, tf.constant(strides.get(0))),
                  tf.math.add(room, tf.constant(strides.get(0) - 1))),
              tf.constant(0));
      Operand<TInt32> before = tf.math.floorDiv(around, tf.constant(2));
      padded = padDepth(tf, x, before, tf.math.sub(around, before));
    }
    long known = x.shape().get(1);
    long placesKnown =
        known == Shape.UNKNOWN_SIZE
            ? known
            : (known - (padding.equals(VALID) ? extent(kernels, 0) - 1 : 0) + strides.get(0) - 1)
                / strides.get(0);
    Operand<TInt32> count =
        placesKnown == Shape.UNKNOWN_SIZE ? places : tf.constant((int) placesKnown);
    List<Operand<TFloat32>> seen = new ArrayList<>();
    for (int i = 0; i < deep; i++) {
      Operand<TInt32> from = tf.constant(i * dilation.get(0));
      Operand<TInt32> to =
          tf.math.add(
              from,
              tf.math.add(
                  tf.math.mul(tf.math.sub(count, tf.constant(1)), tf.constant(strides.get(0))),
                  tf.constant(1)));
      seen.add(everyNth(tf, padded, from, to, strides.get(0)));
    }
    Operand<TFloat32> features = Dims.concat(tf, seen, -1);
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, x, 0));
    int width = (int) x.shape().get(4);
    Operand<TFloat32> images =
        tf.reshape(
            features,
            tf.stack(
                List.of(
                    tf.math.mul(sizes.get(0), count),
                    sizes.get(2),
                    sizes.get(3),
                    tf.constant(deep * width))));
    Operand<TFloat32> flat =
        tf.reshape(
            tf.linalg.transpose(kernels, tf.constant(new int[] {1, 2, 0, 3, 4})),
            tf.constant(
                new int[] {
                  (int) kernels.shape().get(1),
                  (int) kernels.shape().get(2),
                  deep * width,
                  (int) kernels.shape().get(4)
                }));
    Operand<TFloat32> sums =
        new Convolutions(
                List.of(strides.get(1), strides.get(2)),
                padding,
                List.of(dilation.get(1), dilation.get(2)))
            .plain(tf, images, flat, 1);
    return tf.reshape(
        sums,
        tf.stack(
            List.of(
                sizes.get(0),
                count,
                Dims.of(tf, sums, 1),
                Dims.of(tf, sums, 2),
                tf.constant((int) kernels.shape().get(4)))));
  }

  private static Operand<TInt32> quotientUp(Ops tf, Operand<TInt32> size, int by) {
    return tf.math.floorDiv(tf.math.add(size, tf.constant(by - 1)), tf.constant(by));
  }

  private static Operand<TFloat32> padDepth(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> before, Operand<TInt32> after) {
    Operand<TInt32> none = tf.constant(new int[2]);
    Operand<TInt32> paddings =
        tf.stack(List.of(none, tf.stack(List.of(before, after)), none, none, none));
    return tf.pad(x, paddings, tf.constant(0f));
  }

  /** Returns every so many places of the depth. */
  private static Operand<TFloat32> everyNth(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> from, Operand<TInt32> to, int step) {
    Operand<TInt32> zero = tf.constant(0);
    // All other dimensions are masked: they are taken whole.
    return tf.stridedSlice(
        x,
        tf.stack(List.of(zero, from, zero, zero, zero)),
        tf.stack(List.of(zero, to, zero, zero, zero)),
        tf.constant(new int[] {1, step, 1, 1, 1}),
        org.tensorflow.op.core.StridedSlice.beginMask(0b11101L),
        org.tensorflow.op.core.StridedSlice.endMask(0b11101L));
  }

  /**
   * Spreads each element over what a kernel would have seen it from: the gradient of a convolution
   * as a layer.
   *
   * @param x (batch, places..., features)
   * @param kernels (places..., filters, features)
   * @param sizes of the output's places, as tensors
   * @return (batch, places..., filters)
   */
  public Operand<TFloat32> transposed(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels, List<Operand<TInt32>> sizes) {
    return switch (strides.size()) {
      case 1 -> {
        Operand<TFloat32> y =
            asImage(1)
                .transposed(
                    tf,
                    tf.expandDims(x, tf.constant(1)),
                    tf.expandDims(kernels, tf.constant(0)),
                    List.of(tf.constant(1), sizes.get(0)));
        yield tf.squeeze(y, Squeeze.axis(List.of(1L)));
      }
      case 2 -> {
        Operand<TFloat32> spread = spread(tf, kernels);
        Operand<TInt32> shape =
            tf.stack(
                List.of(
                    Dims.of(tf, x, 0),
                    sizes.get(0),
                    sizes.get(1),
                    tf.constant((int) kernels.shape().get(2))));
        yield tf.nn.conv2dBackpropInput(
            shape,
            spread,
            x,
            List.of(1L, (long) strides.get(0), (long) strides.get(1), 1L),
            padding);
      }
      default -> transposedVolume(tf, x, kernels, sizes);
    };
  }

  /** Returns kernels with zeros between their elements, as far apart as the dilation says. */
  private Operand<TFloat32> spread(Ops tf, Operand<TFloat32> kernels) {
    Operand<TFloat32> y = kernels;
    for (int i = 0; i < dilation.size(); i++) {
      if (dilation.get(i) > 1) {
        y = withZeros(tf, y, i, dilation.get(i));
        y = firstOf(tf, y, i, tf.constant(extent(kernels, i)));
      }
    }
    return y;
  }

  /** Puts zeros after each element along an axis, so that there are so many times as many. */
  private static Operand<TFloat32> withZeros(Ops tf, Operand<TFloat32> x, int axis, int times) {
    int rank = x.shape().numDimensions();
    int[][] paddings = new int[rank + 1][2];
    paddings[axis + 1][1] = times - 1;
    Operand<TFloat32> apart =
        tf.pad(tf.expandDims(x, tf.constant(axis + 1)), tf.constant(paddings), tf.constant(0f));
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, x, 0));
    long known = x.shape().get(axis);
    sizes.set(
        axis,
        known == Shape.UNKNOWN_SIZE
            ? tf.math.mul(sizes.get(axis), tf.constant(times))
            : tf.constant((int) known * times));
    return tf.reshape(apart, Dims.shape(tf, sizes));
  }

  private static Operand<TFloat32> firstOf(
      Ops tf, Operand<TFloat32> x, int axis, Operand<TInt32> count) {
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, x, 0));
    sizes.set(axis, count);
    return tf.slice(x, tf.constant(new int[sizes.size()]), Dims.shape(tf, sizes));
  }

  private Operand<TFloat32> transposedVolume(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernels, List<Operand<TInt32>> sizes) {
    int deep = (int) kernels.shape().get(0);
    int filters = (int) kernels.shape().get(3);
    int features = (int) kernels.shape().get(4);
    Operand<TInt32> batch = Dims.of(tf, x, 0);
    Operand<TInt32> depth = Dims.of(tf, x, 1);
    Operand<TFloat32> images =
        tf.reshape(
            x,
            tf.stack(
                List.of(
                    tf.math.mul(batch, depth),
                    Dims.of(tf, x, 2),
                    Dims.of(tf, x, 3),
                    tf.constant(features))));
    Operand<TFloat32> flat =
        tf.reshape(
            tf.linalg.transpose(kernels, tf.constant(new int[] {1, 2, 0, 3, 4})),
            tf.constant(
                new int[] {
                  (int) kernels.shape().get(1),
                  (int) kernels.shape().get(2),
                  deep * filters,
                  features
                }));
    Operand<TFloat32> spread =
        new Convolutions(
                List.of(strides.get(1), strides.get(2)),
                padding,
                List.of(dilation.get(1), dilation.get(2)))
            .transposed(tf, images, flat, sizes.subList(1, 3));
    Operand<TFloat32> apart =
        tf.reshape(
            spread,
            tf.stack(
                List.of(batch, depth, sizes.get(1), sizes.get(2), tf.constant(deep * filters))));
    List<Operand<TFloat32>> parts =
        List.copyOf(tf.split(tf.constant(4), apart, (long) deep).output());
    // As much is cut off before as a convolution would have padded.
    Operand<TInt32> before = tf.constant(0);
    Operand<TInt32> steps = tf.math.mul(depth, tf.constant(strides.get(0)));
    Operand<TInt32> whole = tf.math.add(steps, tf.constant(extent(kernels, 0)));
    if (!padding.equals(VALID)) {
      Operand<TInt32> around =
          tf.math.maximum(
              tf.math.sub(
                  tf.math.add(
                      tf.math.sub(steps, tf.constant(strides.get(0))),
                      tf.constant(extent(kernels, 0))),
                  sizes.get(0)),
              tf.constant(0));
      before = tf.math.floorDiv(around, tf.constant(2));
    }
    List<Operand<TFloat32>> shifted = new ArrayList<>();
    for (int i = 0; i < deep; i++) {
      Operand<TFloat32> slow = withZeros(tf, parts.get(i), 1, strides.get(0));
      Operand<TInt32> ahead = tf.constant(i * dilation.get(0));
      shifted.add(padDepth(tf, slow, ahead, tf.math.sub(tf.math.sub(whole, steps), ahead)));
    }
    Operand<TFloat32> sum = shifted.size() == 1 ? shifted.get(0) : tf.math.addN(shifted);
    // More of it is asked for than there is where padding was added to the output.
    Operand<TFloat32> enough = padDepth(tf, sum, tf.constant(0), sizes.get(0));
    Operand<TInt32> zero = tf.constant(0);
    return tf.slice(
        enough,
        tf.stack(List.of(zero, before, zero, zero, zero)),
        tf.stack(List.of(batch, sizes.get(0), sizes.get(1), sizes.get(2), tf.constant(filters))));
  }
}
