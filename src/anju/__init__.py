"""Anju 安居: customer service for residential property management."""
