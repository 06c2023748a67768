package keras.layers;

import java.util.List;
import java.util.Locale;
import keras.internal.messages.Names;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Ways to fill the places of an image that changes its size. */
final class Interpolation {

  static final String BILINEAR = "bilinear";
  private static final String NEAREST = "nearest";
  private static final String BICUBIC = "bicubic";
  private static final String AREA = "area";
  private static final String LANCZOS3 = "lanczos3";
  private static final String LANCZOS5 = "lanczos5";

  /** Those that change each place by itself, so that gradients are known. */
  static final List<String> SMOOTH = List.of(NEAREST, BILINEAR, BICUBIC, LANCZOS3, LANCZOS5);

  static final List<String> ALL = List.of(BILINEAR, NEAREST, LANCZOS3, LANCZOS5, BICUBIC, AREA);

  private Interpolation() {}

  /** Returns the name in lower case, if there is such an interpolation. */
  static String checked(String value, List<String> known) {
    String lower = String.valueOf(value).toLowerCase(Locale.ROOT);
    if (!known.contains(lower)) {
      throw Names.unknown("interpolation", value, known);
    }
    return lower;
  }

  /**
   * Adds the op.
   *
   * @param images (batch, rows, columns, features)
   * @param sizes the new rows and columns
   * @param scale new sizes by old ones, one for each dimension
   * @param antialias whether places are put together where there are fewer of them
   */
  static Operand<TFloat32> resize(
      Ops tf,
      String name,
      Operand<TFloat32> images,
      Operand<TInt32> sizes,
      Operand<TFloat32> scale,
      boolean antialias) {
    return switch (name) {
      case NEAREST ->
          tf.image.resizeNearestNeighbor(
              images, sizes, ResizeNearestNeighbor.halfPixelCenters(true));
      // It has no gradient, in Keras neither.
      case AREA -> tf.image.resizeArea(tf.stopGradient(images), sizes);
      case BILINEAR ->
          antialias
              ? scaled(tf, "triangle", images, sizes, scale, true)
              : tf.image.resizeBilinear(images, sizes, ResizeBilinear.halfPixelCenters(true));
      case BICUBIC ->
          antialias
              ? scaled(tf, "keyscubic", images, sizes, scale, true)
              : tf.image.resizeBicubic(images, sizes, ResizeBicubic.halfPixelCenters(true));
      default -> scaled(tf, name, images, sizes, scale, antialias);
    };
  }

  private static Operand<TFloat32> scaled(
      Ops tf,
      String kernel,
      Operand<TFloat32> images,
      Operand<TInt32> sizes,
      Operand<TFloat32> scale,
      boolean antialias) {
    return tf.image.scaleAndTranslate(
        images,
        sizes,
        scale,
        tf.constant(new float[2]),
        ScaleAndTranslate.kernelType(kernel),
        ScaleAndTranslate.antialias(antialias));
  }
}
