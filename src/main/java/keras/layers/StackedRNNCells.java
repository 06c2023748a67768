package keras.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Several cells as one: each gets the output of the one before. Keras: {@code
 * keras.layers.StackedRNNCells}.
 */
public final class StackedRNNCells extends KerasLayer<StackedRNNCells> implements RNNCell {

  private final List<Layer<?>> cells;

  /**
   * Cells one on top of the other.
   *
   * @param cells the first one gets the input
   * @throws IllegalArgumentException if there are none, or if one is no cell
   */
  public StackedRNNCells(List<? extends Layer<?>> cells) {
    Checks.notNull("StackedRNNCells", "cells", cells);
    this.cells = new ArrayList<>(cells);
    if (cells.isEmpty() || !cells.stream().allMatch(RNNCell.class::isInstance)) {
      throw Errors.in("StackedRNNCells", "these are not all cells.")
          .expected("one cell or more")
          .got(cells)
          .fix("new StackedRNNCells(List.of(new LSTMCell(20), new LSTMCell(10)))")
          .argument();
    }
  }

  /**
   * Returns the cells.
   *
   * @return in the order in which they are called
   */
  public List<Layer<?>> cells() {
    return List.copyOf(cells);
  }

  /** Tells whether all cells are Keras's. */
  boolean canBeCopied() {
    return cells.stream().allMatch(CellLayer.class::isInstance);
  }

  /** Returns cells with the same arguments, which draw seeds of their own. */
  StackedRNNCells copied() {
    List<Layer<?>> copies = new ArrayList<>();
    cells.forEach(cell -> copies.add(((CellLayer<?>) cell).copied()));
    return new StackedRNNCells(copies).name(name());
  }

  @Override
  protected List<Layer<?>> sublayers() {
    return cells();
  }

  @Override
  protected WeightGroup weightGroup() {
    Map<String, WeightGroup> parts = new LinkedHashMap<>();
    for (Layer<?> cell : cells) {
      String place = "cells/" + AutoNames.snakeCase(cell.typeName());
      String unique = place;
      for (int i = 1; parts.containsKey(unique); i++) {
        unique = place + "_" + i;
      }
      parts.put(unique, cell.weightGroup());
    }
    return new WeightGroup(toString(), name(), List.of(), parts);
  }

  @Override
  public List<Shape> stateSize() {
    List<Shape> sizes = new ArrayList<>();
    cells.forEach(cell -> sizes.addAll(((RNNCell) cell).stateSize()));
    return sizes;
  }

  @Override
  public Shape outputSize() {
    return ((RNNCell) cells.get(cells.size() - 1)).outputSize();
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(this, inputShape, 2, "(batch, features)", "give it one timestep");
    return inputShape.take(1).append(outputSize());
  }

  @Override
  public List<Operand<TFloat32>> getInitialState(LayerContext context) {
    List<Operand<TFloat32>> states = new ArrayList<>();
    cells.forEach(cell -> states.addAll(((RNNCell) cell).getInitialState(context)));
    return states;
  }

  @Override
  protected void build(Shape inputShape) {
    Shape given = inputShape;
    for (Layer<?> cell : cells) {
      cell.buildOnce(List.of(given));
      given = inputShape.take(1).append(((RNNCell) cell).outputSize());
    }
  }

  @Override
  public Result call(
      LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
    if (Checks.list(toString(), "states", states).size() != stateSize().size()) {
      throw Errors.in(toString(), "the states do not fit.")
          .expected(stateSize().size() + " states, those of the cells in their order")
          .got(states.size())
          .fix("take those that getInitialState gives")
          .argument();
    }
    Operand<TFloat32> output = inputs;
    List<Operand<TFloat32>> after = new ArrayList<>();
    int next = 0;
    for (Layer<?> cell : cells) {
      int count = ((RNNCell) cell).stateSize().size();
      Result result = ((RNNCell) cell).call(context, output, states.subList(next, next + count));
      output = result.output();
      after.addAll(result.states());
      next += count;
    }
    return new Result(output, after);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code StackedRNNCells.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static StackedRNNCells fromConfig(Config config) {
    Checks.notNull("StackedRNNCells.fromConfig", "config", config);
    List<Layer<?>> cells = new ArrayList<>();
    config.inners("cells").forEach(each -> cells.add(Layers.unbuilt(each)));
    return new StackedRNNCells(cells).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("cells", cells.stream().map(Layer::serialize).toList());
    return config;
  }
}
