"""Trains med, batch 64, in two workers of MultiWorkerMirroredStrategy; TF_CONFIG says which.

With tf_keras: Keras 3.15.1 fails under this strategy.
"""

import statistics
import time

import numpy as np
import tensorflow as tf

strategy = tf.distribute.MultiWorkerMirroredStrategy()

import tf_keras as keras  # noqa: E402  after the strategy, which must be the first to use TensorFlow
from tf_keras import layers  # noqa: E402

BATCH, STEPS, EPOCHS, WARM_UPS, ROUNDS = 64, 15, 4, 4, 7

with strategy.scope():
    model = keras.Sequential(
        [
            keras.Input((100, 64)),
            layers.LSTM(128, return_sequences=True),
            layers.TimeDistributed(layers.Dense(64, activation="softmax")),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])

index = np.arange(BATCH * STEPS * 100) * 7 % 64
data = np.eye(64, dtype="float32")[index].reshape(BATCH * STEPS, 100, 64)
dataset = tf.data.Dataset.from_tensor_slices((data, data)).batch(BATCH)
options = tf.data.Options()
options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
dataset = dataset.with_options(options)
millis = []
for i in range(WARM_UPS + ROUNDS):
    start = time.perf_counter()
    model.fit(dataset, epochs=EPOCHS, verbose=0)
    if i >= WARM_UPS:
        millis.append((time.perf_counter() - start) * 1000 / STEPS / EPOCHS)
if strategy.cluster_resolver.task_id == 0:
    print(f"tf_keras, 2 workers, step of med, batch {BATCH}: {statistics.median(millis):.2f} ms")
