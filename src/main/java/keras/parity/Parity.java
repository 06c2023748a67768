package keras.parity;

import java.nio.file.Path;
import java.util.List;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.models.Model;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Compares a Java model with the Keras model that it was ported from, and names the first layer or
 * training step at which the two part.
 *
 * <p>The Keras script writes a bundle with the function {@code write_bundle} of
 * docs/porting-from-keras.md: its configuration, the weights at the start, a few batches, what
 * every layer gives for the first of them, and the losses of a training step on each. In Java:
 *
 * <pre>{@code
 * ParityReport report = Parity.of(Path.of("bundle.h5")).check(model);
 * System.out.println(report.text());
 * }</pre>
 *
 * <p>A bundle's content is data alone; nothing in it is run. Links in the file are not followed,
 * and its arrays cannot be larger than the file.
 */
public final class Parity {

  /** The version of Keras that this library does as. */
  static final String KERAS_VERSION = "3.15.1";

  /** How far two values may be apart, relative to their size, where nothing else is said. */
  private static final double TOLERANCE = 1e-5;

  private final Bundle bundle;
  private double tolerance = TOLERANCE;
  private boolean keepWeights;

  private Parity(Bundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Reads a bundle.
   *
   * @param bundle the file that {@code write_bundle} wrote
   * @return a bundle that models can be compared with
   * @throws IllegalArgumentException if the file is no bundle of Keras 3, or not a whole one; the
   *     message names the file and the place in it
   */
  public static Parity of(Path bundle) {
    Checks.notNull("Parity.of", "bundle", bundle);
    return new Parity(BundleReader.read(bundle));
  }

  /**
   * Keras's weights at the start, as {@code model.setWeights} takes them.
   *
   * @return in Keras's order
   */
  public List<FloatNdArray> weights() {
    return bundle.layers().stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  /**
   * Sets how far two values may be apart, relative to Keras's value or to a tenth of the largest
   * value of the array, whichever is more.
   *
   * @param value above 0; 1e-5 by default, about what the rounding of 32-bit floats needs
   * @return this
   * @throws IllegalArgumentException if it is not above 0
   */
  public Parity tolerance(double value) {
    if (!(value > 0)) {
      throw Errors.in("Parity.tolerance", "a tolerance is above 0.")
          .expected("a number above 0, such as 1e-5")
          .got(value)
          .fix("tolerance(1e-5)")
          .argument();
    }
    tolerance = value;
    return this;
  }

  /**
   * Sets whether the model is compared with the weights that it has, in place of those of the
   * bundle: for a port that gets its weights from elsewhere, or that draws the same ones from the
   * same seed.
   *
   * @param value false by default
   * @return this
   */
  public Parity keepWeights(boolean value) {
    keepWeights = value;
    return this;
  }

  /**
   * Compares a model with Keras's. In this order, up to the first difference: the number of layers,
   * the shapes of the input and of the weights; with {@link #keepWeights} off, the bundle's weights
   * are set; states are reset; what each layer gives for the first batch; the loss and the metrics
   * of a training step on each batch.
   *
   * <p>Layers belong together by their names if Keras and Java have the same names, else by their
   * order. Random layers drop the same units as in Keras, since their seeds are in the bundle.
   *
   * <p>Afterwards the model's weights are as before and its states are reset. Its optimizer has
   * made the steps: compile the model again before it is trained.
   *
   * @param model compiled, and not trained since
   * @return the differences, and the hints
   * @throws IllegalStateException if the model is closed or not compiled
   * @throws IllegalArgumentException if the model cannot take the bundle's data
   */
  public ParityReport check(Model model) {
    if (model.optimizer() == null) {
      throw Errors.in("Parity.check", "the model is not compiled.")
          .expected("a call of compile before, as in the Keras script")
          .got("none")
          .fix("model.compile(c -> c.loss(\"mse\").optimizer(\"adam\"))")
          .state();
    }
    return new Check(bundle, model, new Closeness(tolerance), keepWeights).run();
  }
}
