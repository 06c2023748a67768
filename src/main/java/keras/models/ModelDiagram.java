package keras.models;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.internal.messages.Errors;
import keras.internal.text.SummaryTable;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.plots.Diagram;
import keras.plots.Diagram.Arrow;
import keras.plots.Diagram.Box;
import keras.plots.Diagram.Cell;
import keras.plots.Diagram.Fill;
import keras.plots.Diagram.Group;

/** A model in boxes and arrows, as {@code keras/src/utils/model_visualization.py} has it. */
final class ModelDiagram {
  private final PlotModelOptions options;
  private final List<Group> groups = new ArrayList<>();
  private final List<Box> boxes = new ArrayList<>();
  private final Set<Arrow> arrows = new LinkedHashSet<>();

  private ModelDiagram(PlotModelOptions options) {
    this.options = options;
  }

  static Diagram of(Model model, PlotModelOptions options) {
    if (!model.isGraphKnown()) {
      throw Errors.in("plotModel", model + " has not been built yet.")
          .expected("a model that knows the shape of its input")
          .got("a model without an Input, before its first data")
          .fix("begin with new Input(...), or call model.build(shape)")
          .argument();
    }
    ModelDiagram diagram = new ModelDiagram(options);
    if (isOfLayers(model)) {
      diagram.add(model, null, model.name());
    } else {
      diagram.addBox(model, null, model.name());
    }
    return new Diagram(diagram.groups, diagram.boxes, List.copyOf(diagram.arrows))
        .across(options.across)
        .dpi(options.dpi);
  }

  private void add(Model model, String group, String path) {
    LayerGraph graph = model.graph();
    // As in Keras, a Sequential has no box for its input.
    boolean withInputs = !(model instanceof Sequential);
    for (Layer<?> layer : graph.layers()) {
      if (isExpanded(layer)) {
        groups.add(new Group(path(path, layer), group, layer.name()));
        add((Model) layer, path(path, layer), path(path, layer));
      } else if (withInputs || !(layer instanceof Input)) {
        addBox(layer, group, path(path, layer));
      }
    }
    for (Node node : graph.nodes()) {
      List<KerasTensor> inputs = node.needed();
      for (int i = 0; i < inputs.size(); i++) {
        KerasTensor input = inputs.get(i);
        if (withInputs || !(input.node().layer() instanceof Input)) {
          arrows.add(new Arrow(source(input, path), destination(node.layer(), i, path)));
        }
      }
    }
  }

  private static String path(String within, Layer<?> layer) {
    return within + "/" + layer.name();
  }

  /** Tells whether a model is layers and nothing else. */
  private static boolean isOfLayers(Model model) {
    return model.isFunctional() || model instanceof Sequential;
  }

  private boolean isExpanded(Layer<?> layer) {
    return options.expandNested && layer instanceof Model model && isOfLayers(model);
  }

  /** Returns the box that a tensor comes from, inside of models that are drawn. */
  private String source(KerasTensor tensor, String within) {
    Layer<?> layer = tensor.node().layer();
    return isExpanded(layer)
        ? source(
            ((Model) layer).outputs().get(tensor.node().outputs().indexOf(tensor)),
            path(within, layer))
        : path(within, layer);
  }

  /** Returns the box that takes an input, inside of models that are drawn. */
  private String destination(Layer<?> layer, int input, String within) {
    String place = path(within, layer);
    if (!isExpanded(layer)) {
      return place;
    }
    Model model = (Model) layer;
    return model instanceof Sequential
        ? destination(model.layers().get(0), 0, place)
        : path(place, model.inputs().get(input).node().layer());
  }

  private void addBox(Layer<?> layer, String group, String id) {
    String type = LayerAccess.typeName(layer);
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(
        List.of(
            options.showLayerNames
                ? new Cell("", layer.name(), " (" + type + ")", Fill.TITLE)
                : new Cell("", type, "", Fill.TITLE)));
    Object activation = layer.getConfig().get("activation");
    if (options.showLayerActivations && activation != null) {
      rows.add(List.of(new Cell("Activation: ", name(activation), "", Fill.PLAIN)));
    }
    List<Cell> details = details(layer);
    if (!details.isEmpty()) {
      rows.add(details);
    }
    boxes.add(new Box(id, group, rows));
  }

  private static String name(Object activation) {
    return activation instanceof Map<?, ?> map
        ? String.valueOf(map.get("class_name"))
        : String.valueOf(activation);
  }

  private List<Cell> details(Layer<?> layer) {
    List<Cell> cells = new ArrayList<>();
    if (options.showShapes) {
      List<Node> calls = LayerAccess.nodes(layer);
      Node call = calls.isEmpty() ? null : calls.get(0);
      if (!(layer instanceof Input)) {
        cells.add(shapes("Input shape: ", call == null ? null : call.needed()));
      }
      cells.add(shapes("Output shape: ", call == null ? null : call.outputs()));
    }
    if (options.showTrainable && !layer.weights().isEmpty()) {
      cells.add(
          layer.trainable()
              ? new Cell("", "Trainable", "", Fill.GREEN)
              : new Cell("", "Non-trainable", "", Fill.RED));
    }
    return cells;
  }

  private static Cell shapes(String what, List<KerasTensor> tensors) {
    String shapes =
        tensors == null
            ? "?"
            : SummaryTable.shapes(
                tensors.stream()
                    .map(tensor -> SummaryTable.shape(tensor.shape().asArray()))
                    .toList());
    return new Cell(what, shapes, "", Fill.PLAIN);
  }
}
