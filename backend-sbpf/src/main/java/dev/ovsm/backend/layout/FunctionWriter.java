package dev.ovsm.backend.layout;
