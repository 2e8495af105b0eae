"""The figures of the notes, one module for each subject."""

from __future__ import annotations

from collections.abc import Callable

from qna.figures.subjects import (
    activations,
    evaluation,
    hardware,
    images,
    losses,
    networks,
    optimization,
    sequences,
)
from qna.figures.svg import Figure

FIGURES: tuple[Callable[[], Figure], ...] = (
    activations.activation_derivatives,
    activations.activation_functions,
    activations.activation_scale_by_depth,
    activations.gradient_norm_by_depth,
    evaluation.roc_and_precision_recall,
    hardware.floating_point_formats,
    hardware.pipeline_bubble,
    hardware.roofline,
    images.diffusion_signal_and_noise,
    images.image_patches,
    images.kernel_sliding_on_grid,
    images.max_pooling_before_and_after_shift,
    images.normalization_axes,
    images.small_cnn_with_shapes,
    losses.cross_entropy_by_probability,
    losses.early_stopping,
    losses.regression_losses_by_error,
    networks.agent_environment_loop,
    networks.ai_ml_dl_nested_sets,
    networks.autoencoder_bottleneck,
    networks.computational_graph_forward_and_backward,
    networks.fusion_early_late_cross,
    networks.residual_block,
    networks.small_network_with_one_neuron,
    optimization.contours_raw_and_scaled,
    optimization.descent_with_three_learning_rates,
    optimization.grid_and_random_search,
    optimization.learning_rate_schedules,
    optimization.optimizer_paths_in_a_ravine,
    sequences.attention_masks,
    sequences.encoder_decoder_without_and_with_attention,
    sequences.feedforward_and_unrolled_rnn,
    sequences.lstm_cell,
    sequences.sinusoidal_encoding,
    sequences.transformer_block_2017_and_today,
)
"""All figures; `lstm_cell` draws `lstm-cell.svg`."""
