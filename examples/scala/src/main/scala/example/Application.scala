package example

import java.util.{List as JavaList, Map as JavaMap}
import keras.layers.{Concatenate, Dense, GRU, Input, LSTM, RepeatVector, TimeDistributed}
import keras.layers.Input.shape
import keras.models.{Model, Sequential}
import keras.optimizers.Adam
import keras.utils.{FloatArrays, Utils}
import scala.util.{Random, Using}

/** Keras in Scala: a `Sequential` model echoes sequences, a functional one adds two of them. */
object Application:
  private val Sequences = 256
  private val Steps = 4

  def main(args: Array[String]): Unit =
    Utils.setRandomSeed(1)
    println(f"echo: ${echo()}%.4f, sum: ${sum()}%.4f")

  private def sequences(seed: Int): Array[Array[Array[Float]]] =
    val random = Random(seed)
    Array.fill(Sequences, Steps, 1)(random.nextFloat())

  /** Returns the mean squared error. */
  private def echo(): Double =
    val x = sequences(1)
    Using.resource(Sequential()): model =>
      model.add(Input(shape(null, 1)))
      model.add(LSTM(16))
      model.add(RepeatVector(Steps))
      model.add(LSTM(16).returnSequences(true))
      model.add(TimeDistributed(Dense(1)))
      model.compile(_.loss("mse").optimizer(Adam().learningRate(0.01)))
      val history = model.fit(x, x, _.epochs(30).batchSize(32).verbose(0))
      val losses = history.history().get("loss")
      assert(losses.get(29) < losses.get(0) / 2, s"the echo is not learnt: $losses")
      val predicted = FloatArrays.array3d(model.predict(x, _.verbose(0)))
      val errors = predicted.zip(x).map((p, t) => p(0)(0) - t(0)(0))
      errors.map(e => e.toDouble * e).sum / Sequences

  /** Returns the mean squared error. */
  private def sum(): Double =
    val a = Input(shape(Steps, 1)).name("a").tensor()
    val b = Input(shape(Steps, 1)).name("b").tensor()
    val out = Dense(1).call(Concatenate().call(JavaList.of(GRU(8).call(a), GRU(8).call(b))))
    val first = sequences(2)
    val second = sequences(3)
    val x = JavaMap.of("a", first, "b", second)
    val y = first.zip(second).map((one, other) => one.flatten.sum + other.flatten.sum)
    Using.resource(Model(JavaList.of(a, b), JavaList.of(out))): model =>
      model.compile(_.loss("mse").optimizer("adam"))
      model.fit(x, y, _.epochs(40).batchSize(16).verbose(0))
      model.evaluate(x, y, _.verbose(0)).get("loss")
