package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.config.Registry;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** Layers from their configurations. Keras: {@code keras.layers.deserialize}. */
public final class Layers {

  private static final Registry<Layer<?>> KNOWN =
      new Registry<Layer<?>>("layer", Layer.class)
          .add(Activation::fromConfig, "Activation")
          .add(ActivityRegularization::fromConfig, "ActivityRegularization")
          .add(AdaptiveAveragePooling1D::fromConfig, "AdaptiveAveragePooling1D")
          .add(AdaptiveAveragePooling2D::fromConfig, "AdaptiveAveragePooling2D")
          .add(AdaptiveAveragePooling3D::fromConfig, "AdaptiveAveragePooling3D")
          .add(AdaptiveMaxPooling1D::fromConfig, "AdaptiveMaxPooling1D")
          .add(AdaptiveMaxPooling2D::fromConfig, "AdaptiveMaxPooling2D")
          .add(AdaptiveMaxPooling3D::fromConfig, "AdaptiveMaxPooling3D")
          .add(Add::fromConfig, "Add")
          .add(AdditiveAttention::fromConfig, "AdditiveAttention")
          .add(AlphaDropout::fromConfig, "AlphaDropout")
          .add(Attention::fromConfig, "Attention")
          .add(AutoContrast::fromConfig, "AutoContrast")
          .add(Average::fromConfig, "Average")
          .add(AveragePooling1D::fromConfig, "AveragePooling1D", "AvgPool1D")
          .add(AveragePooling2D::fromConfig, "AveragePooling2D", "AvgPool2D")
          .add(AveragePooling3D::fromConfig, "AveragePooling3D", "AvgPool3D")
          .add(BatchNormalization::fromConfig, "BatchNormalization")
          .add(Bidirectional::fromConfig, "Bidirectional")
          .add(CenterCrop::fromConfig, "CenterCrop")
          .add(Concatenate::fromConfig, "Concatenate")
          .add(Conv1D::fromConfig, "Conv1D", "Convolution1D")
          .add(Conv1DTranspose::fromConfig, "Conv1DTranspose", "Convolution1DTranspose")
          .add(Conv2D::fromConfig, "Conv2D", "Convolution2D")
          .add(Conv2DTranspose::fromConfig, "Conv2DTranspose", "Convolution2DTranspose")
          .add(Conv3D::fromConfig, "Conv3D", "Convolution3D")
          .add(Conv3DTranspose::fromConfig, "Conv3DTranspose", "Convolution3DTranspose")
          .add(ConvLSTM1D::fromConfig, "ConvLSTM1D")
          .add(ConvLSTM2D::fromConfig, "ConvLSTM2D")
          .add(ConvLSTM3D::fromConfig, "ConvLSTM3D")
          .add(Cropping1D::fromConfig, "Cropping1D")
          .add(Cropping2D::fromConfig, "Cropping2D")
          .add(Cropping3D::fromConfig, "Cropping3D")
          .add(Dense::fromConfig, "Dense")
          .add(DepthwiseConv1D::fromConfig, "DepthwiseConv1D")
          .add(DepthwiseConv2D::fromConfig, "DepthwiseConv2D")
          .add(Dot::fromConfig, "Dot")
          .add(Dropout::fromConfig, "Dropout")
          .add(ELU::fromConfig, "ELU")
          .add(EinsumDense::fromConfig, "EinsumDense")
          .add(Embedding::fromConfig, "Embedding")
          .add(Resizing::fromConfig, "Resizing")
          .add(ReversibleEmbedding::fromConfig, "ReversibleEmbedding")
          .add(STFTSpectrogram::fromConfig, "STFTSpectrogram")
          .add(Flatten::fromConfig, "Flatten")
          .add(GRU::fromConfig, "GRU")
          .add(GRUCell::fromConfig, "GRUCell")
          .add(GaussianDropout::fromConfig, "GaussianDropout")
          .add(GaussianNoise::fromConfig, "GaussianNoise")
          .add(GlobalAveragePooling1D::fromConfig, "GlobalAveragePooling1D", "GlobalAvgPool1D")
          .add(GlobalAveragePooling2D::fromConfig, "GlobalAveragePooling2D", "GlobalAvgPool2D")
          .add(GlobalAveragePooling3D::fromConfig, "GlobalAveragePooling3D", "GlobalAvgPool3D")
          .add(GlobalMaxPooling1D::fromConfig, "GlobalMaxPooling1D", "GlobalMaxPool1D")
          .add(GlobalMaxPooling2D::fromConfig, "GlobalMaxPooling2D", "GlobalMaxPool2D")
          .add(GlobalMaxPooling3D::fromConfig, "GlobalMaxPooling3D", "GlobalMaxPool3D")
          .add(GroupNormalization::fromConfig, "GroupNormalization")
          .add(GroupQueryAttention::fromConfig, "GroupQueryAttention", "GroupedQueryAttention")
          .add(Identity::fromConfig, "Identity")
          .add(Input::fromConfig, "InputLayer")
          .add(LSTM::fromConfig, "LSTM")
          .add(LSTMCell::fromConfig, "LSTMCell")
          .add(Lambda::fromConfig, "Lambda")
          .add(LayerNormalization::fromConfig, "LayerNormalization")
          .add(LeakyReLU::fromConfig, "LeakyReLU")
          .add(Masking::fromConfig, "Masking")
          .add(MaxPooling1D::fromConfig, "MaxPooling1D", "MaxPool1D")
          .add(MaxPooling2D::fromConfig, "MaxPooling2D", "MaxPool2D")
          .add(MaxPooling3D::fromConfig, "MaxPooling3D", "MaxPool3D")
          .add(Maximum::fromConfig, "Maximum")
          .add(MelSpectrogram::fromConfig, "MelSpectrogram")
          .add(Minimum::fromConfig, "Minimum")
          .add(MultiHeadAttention::fromConfig, "MultiHeadAttention")
          .add(Multiply::fromConfig, "Multiply")
          .add(PReLU::fromConfig, "PReLU")
          .add(Permute::fromConfig, "Permute")
          .add(RMSNormalization::fromConfig, "RMSNormalization")
          .add(RNN::fromConfig, "RNN")
          .add(ReLU::fromConfig, "ReLU")
          .add(RepeatVector::fromConfig, "RepeatVector")
          .add(Rescaling::fromConfig, "Rescaling")
          .add(Normalization::fromConfig, "Normalization")
          .add(SpectralNormalization::fromConfig, "SpectralNormalization")
          .add(Discretization::fromConfig, "Discretization")
          .add(CategoryEncoding::fromConfig, "CategoryEncoding")
          .add(Hashing::fromConfig, "Hashing")
          .add(HashedCrossing::fromConfig, "HashedCrossing")
          .add(IntegerLookup::fromConfig, "IntegerLookup")
          .add(StringLookup::fromConfig, "StringLookup")
          .add(TextVectorization::fromConfig, "TextVectorization")
          .add(Reshape::fromConfig, "Reshape")
          .add(SeparableConv1D::fromConfig, "SeparableConv1D", "SeparableConvolution1D")
          .add(SeparableConv2D::fromConfig, "SeparableConv2D", "SeparableConvolution2D")
          .add(SimpleRNN::fromConfig, "SimpleRNN")
          .add(SimpleRNNCell::fromConfig, "SimpleRNNCell")
          .add(Softmax::fromConfig, "Softmax")
          .add(SpatialDropout1D::fromConfig, "SpatialDropout1D")
          .add(SpatialDropout2D::fromConfig, "SpatialDropout2D")
          .add(SpatialDropout3D::fromConfig, "SpatialDropout3D")
          .add(StackedRNNCells::fromConfig, "StackedRNNCells")
          .add(Subtract::fromConfig, "Subtract")
          .add(TimeDistributed::fromConfig, "TimeDistributed")
          .add(UnitNormalization::fromConfig, "UnitNormalization")
          .add(UpSampling1D::fromConfig, "UpSampling1D")
          .add(UpSampling2D::fromConfig, "UpSampling2D")
          .add(UpSampling3D::fromConfig, "UpSampling3D")
          .add(ZeroPadding1D::fromConfig, "ZeroPadding1D")
          .add(ZeroPadding2D::fromConfig, "ZeroPadding2D")
          .add(ZeroPadding3D::fromConfig, "ZeroPadding3D");

  /** Where layers have other layers in their configurations. */
  private static final List<String> INNER =
      List.of("layer", "forward_layer", "backward_layer", "cell");

  private Layers() {}

  /**
   * Returns the layer that is described. Keras: {@code keras.layers.deserialize}.
   *
   * @param layer {@code class_name} and {@code config}, as {@link #serialize} gives them
   * @return a new layer, with weights if there is a {@code build_config}
   * @throws IllegalArgumentException if there is no such layer, or an argument is wrong
   */
  public static Layer<?> deserialize(Map<String, ?> layer) {
    return deserialize(Config.of("Layers.deserialize", layer));
  }

  /**
   * The layer as Keras writes it into a model's configuration. Keras: {@code
   * keras.layers.serialize}.
   *
   * @param layer a layer or a model
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}, and
   *     {@code build_config} with the input shape once there are weights
   */
  public static Map<String, Object> serialize(Layer<?> layer) {
    Checks.notNull("Layers.serialize", "layer", layer);
    return layer.serialize();
  }

  /**
   * Returns the layer that is described, within a larger configuration.
   *
   * @param layer {@code class_name} and {@code config}
   * @return a new layer, with weights if there is a {@code build_config}
   * @throws IllegalArgumentException if there is no such layer, or an argument is wrong
   */
  public static Layer<?> deserialize(Config layer) {
    Checks.notNull("Layers.deserialize", "layer", layer);
    checkKnown(layer);
    Layer<?> made = unbuilt(layer);
    build(made, layer);
    return made;
  }

  /**
   * Returns the layer that is described, without weights: a model will know the shape of its input.
   *
   * @param layer {@code class_name} and {@code config}
   * @return a new layer
   * @throws IllegalArgumentException if there is no such layer, or an argument is wrong
   */
  static Layer<?> unbuilt(Config layer) {
    Layer<?> made = KNOWN.deserialize(layer, (config, custom) -> custom.common(config));
    made.completeFrom(layer);
    if (made.drawsSeedsInBuild()) {
      build(made, layer); // As Keras does, so that these come before the seeds of later layers.
    }
    return made;
  }

  /**
   * Makes a layer's weights for the shape that its configuration tells of, if there are none yet.
   *
   * @param made the layer
   * @param layer its configuration, perhaps with {@code build_config}
   */
  static void build(Layer<?> made, Config layer) {
    if (made.built() || !layer.given("build_config")) {
      return;
    }
    Config build = layer.inner("build_config");
    if (build.given("shapes_dict")) {
      Config shapes = build.inner("shapes_dict");
      List<Shape> inputs = new ArrayList<>();
      for (String key : List.of("query_shape", "value_shape", "key_shape")) {
        if (shapes.given(key)) {
          inputs.add(Input.batchShape(shapes.dimensions(key)));
        }
      }
      if (inputs.size() > 1) {
        made.buildOnce(inputs);
      }
    }
    if (build.given("input_shape")) {
      build.placed(
          () -> {
            made.buildOnce(inputShapes(build));
            return made;
          });
    }
  }

  /** Returns the shapes of the inputs; a layer with one input has just its dimensions. */
  private static List<Shape> inputShapes(Config build) {
    List<Shape> shapes = new ArrayList<>();
    if (build.value("input_shape") instanceof List<?> list
        && list.stream().allMatch(each -> each instanceof List<?>)) {
      for (Object each : list) {
        Config one = Config.of(build.place(), Map.of("input_shape", each));
        shapes.add(Input.batchShape(one.dimensions("input_shape")));
      }
    } else {
      shapes.add(Input.batchShape(build.dimensions("input_shape")));
    }
    return shapes;
  }

  /**
   * Refuses a configuration with layers that keras-java lacks, naming all of them.
   *
   * @param layer a layer or a model, with {@code class_name} and {@code config}
   * @throws IllegalArgumentException if there are any
   */
  static void checkKnown(Config layer) {
    List<String> lacking = new ArrayList<>();
    collect(layer, layer.place().length() + 1, lacking);
    if (!lacking.isEmpty()) {
      throw Errors.in(layer.place(), "there are layers that keras-java does not have.")
          .expected("layers out of " + String.join(", ", KNOWN.names()))
          .got(String.join("; ", lacking))
          .fix(
              "leave them out, or say with new CustomObjects().add(name, config -> ...) what"
                  + " stands for them")
          .argument();
    }
  }

  private static void collect(Config layer, int prefix, List<String> lacking) {
    Config config = Registry.arguments(layer);
    if (!KNOWN.knows(layer) && !Operation.isDescribed(layer)) {
      lacking.add(config.place().substring(prefix).stripLeading());
    }
    for (String key : INNER) {
      if (config.value(key) instanceof Map<?, ?> map && map.containsKey("class_name")) {
        collect(config.inner(key), prefix, lacking);
      }
    }
    for (String key : List.of("layers", "cells")) {
      if (config.value(key) instanceof List<?>) {
        config.inners(key).forEach(each -> collect(each, prefix, lacking));
      }
    }
  }
}
